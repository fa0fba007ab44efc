import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bringNpmHost } from './host/npmHost/bring.js';
import type { HostVersion } from './host/npmHost/versions.js';
import { packageExtension, VSIX_VARIABLE } from './host/packageExtension.js';
import {
  addUp,
  failuresIn,
  parseOutput,
  timedTests,
  type TestCounts,
  type TimedTest,
} from './host/testOutput.js';
import { bringHosts, groups, onLinux, prepareSystem, type Group } from './prepare.js';

// node out/run.js [unit | integration | e2e]...: runs the suites, prints what they print and adds up their counts.

/** One process that runs tests and prints how many passed and failed. */
interface Suite {
  readonly name: string;
  readonly group: Group;
  readonly args: readonly string[];
  /** The version of VS Code whose Node runs it; the one that runs this by default. */
  readonly nodeOf?: HostVersion;
  /** Each runs in a process of its own. */
  readonly files?: readonly string[];
  /** Whether it needs a VS Code. */
  readonly drivesWindow?: boolean;
  /** Why it is left out on this machine. */
  readonly lacks?: string | undefined;
}

// Without colours, which would stand inside the counts that are read below.
const mocha = ['node_modules/mocha/bin/mocha.js', '--no-color'];
const lacksHost = onLinux ? undefined : 'the VS Code from npm runs on Linux only';

function integration(host: string): Suite {
  const name = `integration, ${host} VS Code`;
  return { name, group: 'integration', args: ['out/host/runIntegration.js', host], drivesWindow: true };
}

/** What the garbage collector and the HTTP of a version of Node decide. */
function endings(nodeOf: HostVersion): Suite {
  const files = ['endings', 'oddAnswers'].map((name) => `out/unit/connection/requests/${name}.test.js`);
  const name = `the end of requests, Node of the ${nodeOf} VS Code`;
  return { name, group: 'integration', args: [...mocha, ...files], nodeOf };
}

const suites: readonly Suite[] = [
  { name: 'unit', group: 'unit', args: [...mocha, '--parallel', '--jobs', '2', 'out/unit/**/*.test.js'] },
  { name: 'servers', group: 'unit', args: [...mocha, '--timeout', '120000', 'out/servers/**/*.test.js'] },
  ...(onLinux ? (['oldest', 'newest'] as const) : []).map(endings),
  ...(onLinux ? ['oldest', 'newest'] : ['desktop']).map(integration),
  {
    name: 'end to end',
    group: 'e2e',
    args: [...mocha, '--timeout', '180000'],
    drivesWindow: true,
    files: readdirSync('out/e2e')
      .filter((name) => name.endsWith('.test.js'))
      .map((name) => `out/e2e/${name}`),
    lacks: lacksHost,
  },
];

interface Outcome {
  readonly name: string;
  readonly counts: TestCounts | undefined;
  readonly problem: string | undefined;
  /** Why it was left out, where that is no problem. */
  readonly note: string | undefined;
  /** What its reporter said of the tests that failed. */
  readonly failures: string;
  readonly seconds: number;
  readonly timed: readonly TimedTest[];
}

async function runSuite(suite: Suite): Promise<Outcome> {
  console.log(`\n== ${suite.name}`);
  if (suite.lacks !== undefined) return leftOut(suite.name, suite.lacks);
  if (suite.nodeOf !== undefined)
    return runProcess(suite.name, suite.args, (await bringNpmHost(suite.nodeOf)).node);
  return suite.files === undefined ? runProcess(suite.name, suite.args) : runFiles(suite, suite.files);
}

/** Nothing is left out where a machine decides what lands. */
function leftOut(name: string, why: string): Outcome {
  const note = `left out: ${why}`;
  console.log(note);
  return {
    name,
    counts: undefined,
    failures: '',
    seconds: 0,
    timed: [],
    ...(process.env.CI === 'true' ? { problem: note, note: undefined } : { problem: undefined, note }),
  };
}

async function runFiles(suite: Suite, files: readonly string[]): Promise<Outcome> {
  process.env[VSIX_VARIABLE] = await packageExtension(await mkdtemp(join(tmpdir(), 'signpost-vsix-')));
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await runProcess(file, [...suite.args, file]));
  await rm(dirname(process.env[VSIX_VARIABLE]), { recursive: true });
  const told = (what: 'problem' | 'note') =>
    outcomes.flatMap((outcome) => (outcome[what] === undefined ? [] : [`${outcome.name} ${outcome[what]}`]));
  const joined = (lines: readonly string[]) => (lines.length === 0 ? undefined : lines.join(', '));
  return {
    name: suite.name,
    counts: addUp(outcomes.map(({ counts }) => counts)),
    problem: joined(told('problem')),
    note: joined(told('note')),
    failures: outcomes.map(({ failures }) => failures).join(''),
    seconds: outcomes.reduce((total, { seconds }) => total + seconds, 0),
    timed: outcomes.flatMap(({ timed }) => timed),
  };
}

function runProcess(name: string, args: readonly string[], node = process.execPath): Promise<Outcome> {
  const startedMs = performance.now();
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const counts = parseOutput(output);
      const problem = problemOf(code, counts);
      resolve({
        name,
        counts,
        problem,
        note: undefined,
        failures: failuresIn(output),
        seconds: (performance.now() - startedMs) / 1000,
        timed: timedTests(output),
      });
    });
  });
}

function problemOf(code: number | null, counts: TestCounts | undefined): string | undefined {
  if (counts === undefined || counts.passed + counts.failed === 0) return 'ran no test';
  if (counts.failed > 0 || code !== 0) return `failed (${counts.failed} tests, exit code ${String(code)})`;
  return process.env.CI === 'true' && counts.skipped > 0 ? `skipped ${counts.skipped} tests` : undefined;
}

function describe({ name, counts, problem, note, seconds }: Outcome): string {
  const counted = counts === undefined ? 'no result' : `${counts.passed} passed in ${seconds.toFixed()} s`;
  const told = problem ?? note;
  return told === undefined ? `${name}: ${counted}` : `${name}: ${counted}, ${told}`;
}

/** The ten tests that took longest, each with its suite. */
function describeSlowest(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes
    .flatMap(({ name, timed }) => timed.map((test) => ({ name, ...test })))
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 10)
    .map(({ name, title, ms }) => `${(ms / 1000).toFixed(1)} s: ${title} (${name})`);
}

async function main(named: readonly string[]): Promise<void> {
  const wanted = groups.filter((group) => named.length === 0 || named.includes(group));
  await prepareSystem(wanted);
  const hosts = bringHosts(wanted);
  const outcomes: Outcome[] = [];
  for (const suite of suites.filter(({ group }) => wanted.includes(group))) {
    if (suite.drivesWindow === true || suite.nodeOf !== undefined) await hosts;
    outcomes.push(await runSuite(suite));
  }
  const failures = outcomes.map((outcome) => outcome.failures).join('');
  if (failures !== '') console.log(`\n== Failures\n${failures}`);
  console.log('\n== Slowest tests');
  for (const line of describeSlowest(outcomes)) console.log(line);
  console.log('\n== Suites');
  for (const outcome of outcomes) console.log(describe(outcome));
  const total = addUp(outcomes.map(({ counts }) => counts));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  if (outcomes.length === 0 || outcomes.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  // What a machine lacks is said in one sentence.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
