import assert from 'node:assert/strict';
import { runWithin } from '../../run/processes.js';
import { isRunning } from '../../support/processes.js';
import { poll } from '../../support/poll.js';

const runNode = (script: string, limitMs = 60_000) => runWithin(limitMs, process.execPath, ['-e', script]);

/** Starts a process that never ends and keeps the streams open, and prints its ID. */
const startOther = `
  const other = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  console.log(other.pid);
`;

const hasEnded = (pid: number) => poll(() => !isRunning(pid), { what: 'the other process to end' });

describe('runWithin', () => {
  it('returns the output of a program and its exit code', async () => {
    const ended = await runNode('console.log("one"); console.error("two"); process.exitCode = 3');
    assert.deepEqual([ended.code, ended.stopped], [3, undefined]);
    assert.deepEqual(ended.output.trim().split('\n').sort(), ['one', 'two']);
  });

  it('ends processes that the program left running', async () => {
    const ended = await runNode(`${startOther} other.unref();`);
    assert.deepEqual([ended.code, ended.stopped], [0, undefined]);
    await hasEnded(Number(ended.output));
  });

  it('ends a program at the limit with everything it started, and says so', async () => {
    const ended = await runNode(startOther, 1500);
    assert.deepEqual([ended.code, ended.stopped], [null, 'was stopped after 0.0 minutes']);
    await hasEnded(Number(ended.output));
  });

  it('fails if the program does not exist', async () => {
    await assert.rejects(runWithin(60_000, '/nonexistent', []), { code: 'ENOENT' });
  });
});
