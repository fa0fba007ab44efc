import {
  addUp,
  failuresIn,
  parseOutput,
  timedTests,
  type TestCounts,
  type TimedTest,
} from '../host/testOutput.js';
import type { Ended } from './processes.js';

export interface Outcome {
  readonly name: string;
  readonly counts: TestCounts | undefined;
  readonly problem: string | undefined;
  /** Why it was left out, if that is not a problem. */
  readonly note: string | undefined;
  /** What its reporter said about failed tests. */
  readonly failures: string;
  readonly seconds: number;
  readonly timed: readonly TimedTest[];
}

const nothing = {
  counts: undefined,
  problem: undefined,
  note: undefined,
  failures: '',
  seconds: 0,
  timed: [],
};

/** The outcome of a process that runs tests. With `mayNotSkip` a skipped test is a problem. */
export function readTests(name: string, { mayNotSkip, ...ended }: Ended & Strictness): Outcome {
  const { code, output, seconds } = ended;
  const counts = parseOutput(output);
  const problem = ended.stopped ?? problemOf(counts, { code, mayNotSkip });
  return {
    ...nothing,
    name,
    counts,
    problem,
    failures: failuresIn(output),
    seconds,
    timed: timedTests(output),
  };
}

/** The outcome of a process that counts no tests. */
export function readCheck(name: string, { code, output, seconds, stopped }: Ended): Outcome {
  if (code === 0) return { ...nothing, name, seconds };
  const problem = stopped ?? `failed (exit code ${String(code)})`;
  return { ...nothing, name, seconds, problem, failures: output };
}

/** The outcome of a process that could not run. */
export function fail(name: string, error: unknown): Outcome {
  const failures = `${error instanceof Error ? error.message : String(error)}\n`;
  return { ...nothing, name, problem: 'could not be run', failures };
}

/** The outcome of a suite that was left out. */
export function leaveOut(name: string, { why, mayNotSkip }: Strictness & { readonly why: string }): Outcome {
  const note = `left out: ${why}`;
  return mayNotSkip ? { ...nothing, name, problem: note } : { ...nothing, name, note };
}

interface Strictness {
  /** Whether CI decides by the result, which then has to cover everything. */
  readonly mayNotSkip: boolean;
}

function problemOf(
  counts: TestCounts | undefined,
  { code, mayNotSkip }: Strictness & Pick<Ended, 'code'>,
): string | undefined {
  if (counts === undefined || counts.passed + counts.failed === 0) return 'ran no test';
  if (counts.failed > 0 || code !== 0) return `failed (${counts.failed} tests, exit code ${String(code)})`;
  return mayNotSkip && counts.skipped > 0 ? `skipped ${counts.skipped} tests` : undefined;
}

/** The outcome of a suite that ran in several processes. */
export function joinOutcomes(name: string, outcomes: readonly Outcome[]): Outcome {
  const told = (what: 'problem' | 'note') => {
    const lines = outcomes.filter((outcome) => outcome[what] !== undefined);
    if (lines.length === 0) return undefined;
    return lines.map((outcome) => `${outcome.name} ${outcome[what] ?? ''}`).join(', ');
  };
  return {
    name,
    counts: addUp(outcomes.map(({ counts }) => counts)),
    problem: told('problem'),
    note: told('note'),
    failures: outcomes.map(({ failures }) => failures).join(''),
    seconds: outcomes.reduce((total, { seconds }) => total + seconds, 0),
    timed: outcomes.flatMap(({ timed }) => timed),
  };
}

export function describeOutcome({ name, counts, problem, note, seconds }: Outcome): string {
  const counted =
    counts === undefined ? `${seconds.toFixed()} s` : `${counts.passed} passed in ${seconds.toFixed()} s`;
  const told = problem ?? note;
  return told === undefined ? `${name}: ${counted}` : `${name}: ${counted}, ${told}`;
}

/** The ten tests that took longest, each with its suite. */
export function describeSlowest(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes
    .flatMap(({ name, timed }) => timed.map((test) => ({ name, ...test })))
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 10)
    .map(({ name, title, ms }) => `${(ms / 1000).toFixed(1)} s: ${title} (${name})`);
}

export function describeTotal(outcomes: readonly Outcome[]): string {
  const { passed, failed, skipped } = addUp(outcomes.map(({ counts }) => counts));
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
