import assert from 'node:assert/strict';
import { symlinkSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { watchAwsFiles } from '../../../../src/core/connection/profiles/awsFilesWatch.js';
import { poll } from '../../../host/poll.js';
import { useAwsFiles } from '../../../support/awsFiles.js';

describe('watchAwsFiles', () => {
  const aws = useAwsFiles();

  it('looks about every second, so that an edit is known within two', async () => {
    let edits = 0;
    const edit = () => {
      edits += 1;
      aws.write({ config: `[profile dev]\nregion = region-${edits}\n` });
    };
    edit();
    // By another name: Node has one watch for each, with one interval.
    const sameFile = join(aws.folder, 'same');
    symlinkSync(join(aws.folder, 'config'), sameFile);
    let seconds = 0;
    let told = 0;
    const source = () => Promise.resolve({ kind: 'profile', name: 'dev' } as const);
    const watch = watchAwsFiles({ source, env: process.env }, () => (told += 1));
    // A watch of one second rather than a clock: where the machine is busy, both are late.
    watchFile(sameFile, { interval: 1000 }, () => (seconds += 1));
    try {
      // Another state at every look, so that looks are counted.
      const isOver = () => {
        edit();
        return seconds >= 3;
      };
      await poll(isOver, { what: 'three looks of the other watch', limitMs: 30_000 });
    } finally {
      unwatchFile(sameFile);
      watch.dispose();
    }
    assert.ok(told >= 2, `told ${told} times in ${seconds} seconds`);
  });
});
