import assert from 'node:assert/strict';
import { formatCounts } from '../../host/testOutput.js';
import {
  describeOutcome,
  describeSlowest,
  describeTotal,
  joinOutcomes,
  leaveOut,
  readCheck,
  readTests,
} from '../../run/outcomes.js';

const passed = `

  a link
    ✔ opens (1234ms)
    ✔ ends
    ✔ is copied (80ms)


  3 passing (2s)
`;

const failed = `

  a link
    ✔ opens (50ms)
    1) ends


  1 passing (2s)
  1 failing

  1) a link ends:
     AssertionError: it did not
`;

const ended = { code: 0, seconds: 12.3, mayNotSkip: true };

describe('readTests', () => {
  it('counts the tests, and lists the failures and the slower tests', () => {
    const good = readTests('links', { ...ended, output: passed });
    assert.deepEqual(good.counts, { passed: 3, failed: 0, skipped: 0 });
    assert.deepEqual([good.problem, good.failures], [undefined, '']);
    assert.deepEqual(good.timed, [
      { title: 'opens', ms: 1234 },
      { title: 'is copied', ms: 80 },
    ]);
    const bad = readTests('links', { ...ended, code: 1, output: failed });
    assert.deepEqual(bad.counts, { passed: 1, failed: 1, skipped: 0 });
    assert.equal(bad.problem, 'failed (1 tests, exit code 1)');
    assert.equal(bad.failures, failed.slice(failed.indexOf('  1 failing')));
  });

  it('prefers the counts of a run inside VS Code to those of the reporter', () => {
    const output = `${passed}${formatCounts({ passed: 7, failed: 0, skipped: 0 })}\n`;
    assert.deepEqual(readTests('links', { ...ended, output }).counts, { passed: 7, failed: 0, skipped: 0 });
  });

  const problems = {
    'ended before its tests did': { ...ended, output: '    ✔ opens\n', problem: 'ran no test' },
    'ran no tests': { ...ended, output: '\n  0 passing (1ms)\n', problem: 'ran no test' },
    failed: { ...ended, code: 7, output: passed, problem: 'failed (0 tests, exit code 7)' },
    'was killed': { ...ended, code: null, output: passed, problem: 'failed (0 tests, exit code null)' },
    'skipped tests': { ...ended, output: `${passed}  2 pending\n`, problem: 'skipped 2 tests' },
    'skipped tests where that is allowed': {
      ...ended,
      mayNotSkip: false,
      output: `${passed}  2 pending\n`,
      problem: undefined,
    },
  };
  for (const [what, { problem, ...process }] of Object.entries(problems)) {
    it(`reports the problem of a suite that ${what}`, () => {
      assert.equal(readTests('links', process).problem, problem);
    });
  }
});

describe('readCheck', () => {
  it('judges by the exit code alone', () => {
    assert.equal(readCheck('lint', { ...ended, output: '' }).problem, undefined);
    const bad = readCheck('lint', { ...ended, code: 2, output: 'a.ts: no\n' });
    assert.deepEqual([bad.problem, bad.failures], ['failed (exit code 2)', 'a.ts: no\n']);
  });
});

describe('leaveOut', () => {
  it('is a problem where tests may not be skipped, and a note elsewhere', () => {
    const why = 'it runs on Linux only';
    const { problem } = leaveOut('links', { why, mayNotSkip: true });
    assert.equal(problem, `left out: ${why}`);
    const elsewhere = leaveOut('links', { why, mayNotSkip: false });
    assert.deepEqual([elsewhere.problem, elsewhere.note], [undefined, `left out: ${why}`]);
  });
});

describe('the report', () => {
  const good = readTests('one.test.js', { ...ended, output: passed });
  const bad = readTests('two.test.js', { ...ended, code: 1, output: failed });
  const none = readTests('three.test.js', { ...ended, output: '' });

  it('adds up the processes of a suite, and names those with a problem', () => {
    const joined = joinOutcomes('links', [good, bad, none]);
    assert.equal(
      describeOutcome(joined),
      'links: 4 passed in 37 s, two.test.js failed (1 tests, exit code 1), three.test.js ran no test',
    );
    assert.equal(joined.failures, bad.failures);
    assert.equal(describeOutcome(joinOutcomes('links', [good, good])), 'links: 6 passed in 25 s');
  });

  it('names the slowest tests of all suites', () => {
    assert.deepEqual(describeSlowest([good, bad]), [
      '1.2 s: opens (one.test.js)',
      '0.1 s: is copied (one.test.js)',
      '0.1 s: opens (two.test.js)',
    ]);
  });

  it('ends with the total, including skipped tests if there are any', () => {
    const skipped = readTests('four.test.js', { ...ended, output: `${passed}  2 pending\n` });
    assert.equal(describeTotal([good, bad, none]), '4 passed, 1 failed');
    assert.equal(describeTotal([good, skipped]), '6 passed, 0 failed, 2 skipped');
  });
});
