import { stripVTControlCharacters } from 'node:util';

/** Printed by the tests in the extension host for the runner outside. */
export const TESTS_START = 'SIGNPOST_START';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function formatCounts(counts: TestCounts): string {
  return `SIGNPOST_RESULT ${JSON.stringify(counts)}`;
}

/**
 * The counts in a run's output, or in the summary of mocha's spec reporter; undefined if the tests never
 * finished.
 */
export function parseOutput(output: string): TestCounts | undefined {
  const line = /SIGNPOST_RESULT (\{.*\})/.exec(output)?.[1];
  if (line !== undefined) return JSON.parse(line) as TestCounts;
  const count = (word: string) => new RegExp(`^ +(\\d+) ${word}`, 'm').exec(output)?.[1];
  const passed = count('passing');
  if (passed === undefined) return undefined;
  return {
    passed: Number(passed),
    failed: Number(count('failing') ?? 0),
    skipped: Number(count('pending') ?? 0),
  };
}

/** The part of a run's output that describes the failed tests; empty if none failed. */
export function failuresIn(output: string): string {
  return /^ +\d+ failing$[^]*/m.exec(output)?.[0] ?? '';
}

/** A test that passed, and the milliseconds that it took. */
export interface TimedTest {
  readonly title: string;
  readonly ms: number;
}

/** The tests in a run's output that have a time: mocha's spec reporter prints it for slower tests only. */
export function timedTests(output: string): readonly TimedTest[] {
  const plain = stripVTControlCharacters(output);
  return [...plain.matchAll(/^ +✔ (.+) \((\d+)ms\)$/gm)].map(([, title = '', ms]) => ({
    title,
    ms: Number(ms),
  }));
}

export function addUp(all: readonly (TestCounts | undefined)[]): TestCounts {
  const sum = (what: keyof TestCounts) => all.reduce((total, counts) => total + (counts?.[what] ?? 0), 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** The variable that names the file into which the tests write their counts. */
export const RESULT_VARIABLE = 'SIGNPOST_RESULT_FILE';

/** The variable that names a measurement to run instead of the tests. */
export const BENCH_VARIABLE = 'SIGNPOST_BENCH';

/** Prefix of each result line of a measurement. */
export const BENCH_RESULT = 'SIGNPOST_MEASURED ';

/** What the measurement of uploads needs: the folder of the files, and a link as JSON. */
export const BENCH_FOLDER_VARIABLE = 'SIGNPOST_BENCH_FOLDER';
export const BENCH_LINK_VARIABLE = 'SIGNPOST_BENCH_LINK';

/** The variable that names the suites to run, separated by commas; all of them without it. */
export const ONLY_VARIABLE = 'SIGNPOST_ONLY';

/** The variable that holds a regular expression for the full titles of the tests to run; all of them without it. */
export const GREP_VARIABLE = 'SIGNPOST_GREP';
