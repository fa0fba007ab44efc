/** Lines by which the tests in the extension host speak to the runner outside. */
export const TESTS_START = 'SIGNPOST_START';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

export function formatCounts(counts: TestCounts): string {
  return `SIGNPOST_RESULT ${JSON.stringify(counts)}`;
}

/** The counts in a run's output; undefined when its tests never came to their end. */
export function parseCounts(output: string): TestCounts | undefined {
  const line = /SIGNPOST_RESULT \{"passed":(\d+),"failed":(\d+)\}/.exec(output);
  return line === null ? undefined : { passed: Number(line[1]), failed: Number(line[2]) };
}

/** The variable that asks for the time of activation in place of the tests. */
export const BENCH_VARIABLE = 'SIGNPOST_BENCH';

/** The variable that names the suites to run, separated by commas; all of them without it. */
export const ONLY_VARIABLE = 'SIGNPOST_ONLY';
