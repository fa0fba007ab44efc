import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageExtension, VSIX_VARIABLE } from './host/packageExtension.js';
import { parseCounts, type TestCounts as Counts } from './host/testOutput.js';

// node out/run.js [unit | integration | e2e]...: runs the suites, prints what they print and adds up their counts.

/** One process that runs tests and prints how many passed and failed. */
interface Suite {
  readonly name: string;
  readonly group: string;
  readonly args: readonly string[];
  /** Each runs in a process of its own. */
  readonly files?: readonly string[];
  /** Whether a process that fails runs once more, in a window of its own, and that counts. */
  readonly drivesWindow?: boolean;
}

// Without colours, which would stand inside the counts that are read below.
const mocha = ['node_modules/mocha/bin/mocha.js', '--no-color'];

// The file that makes the pictures of the README tests nothing.
const takesPictures = process.env.SIGNPOST_PICTURES !== undefined;

const suites: readonly Suite[] = [
  { name: 'unit', group: 'unit', args: [...mocha, 'out/unit/**/*.test.js'] },
  { name: 'servers', group: 'unit', args: [...mocha, '--timeout', '120000', 'out/servers/**/*.test.js'] },
  {
    name: 'integration, oldest VS Code',
    group: 'integration',
    args: ['out/host/runIntegration.js', 'oldest'],
    drivesWindow: true,
  },
  {
    name: 'integration, newest VS Code',
    group: 'integration',
    args: ['out/host/runIntegration.js', 'newest'],
    drivesWindow: true,
  },
  {
    name: 'end to end',
    group: 'e2e',
    args: [...mocha, '--timeout', '180000'],
    drivesWindow: true,
    // Tests of one file share a window. Where a busy machine let a keystroke arrive before the window was ready for it,
    // those that follow find another window than they expect: only a window of its own is a second try.
    files: readdirSync('out/e2e')
      .filter((name) => name.endsWith('.test.js') && (takesPictures || name !== 'pictures.test.js'))
      .map((name) => `out/e2e/${name}`),
  },
];

interface Outcome {
  readonly name: string;
  readonly counts: Counts | undefined;
  readonly problem: string | undefined;
}

async function runSuite({ name, args, files, drivesWindow = false }: Suite): Promise<Outcome> {
  console.log(`\n== ${name}`);
  if (files === undefined) return runProcess(name, { args, drivesWindow });
  process.env[VSIX_VARIABLE] = await packageExtension(await mkdtemp(join(tmpdir(), 'signpost-vsix-')));
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await runProcess(file, { args: [...args, file], drivesWindow }));
  await rm(dirname(process.env[VSIX_VARIABLE]), { recursive: true });
  const problems = outcomes.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [`${name} ${problem}`],
  );
  return { name, counts: sumOf(outcomes), problem: problems.length === 0 ? undefined : problems.join(', ') };
}

async function runProcess(
  name: string,
  { args, drivesWindow }: Required<Pick<Suite, 'args' | 'drivesWindow'>>,
): Promise<Outcome> {
  const first = await runOnce(name, args);
  if (first.problem === undefined || !drivesWindow) return first;
  console.log(`\n== ${name}, once more`);
  return runOnce(name, args);
}

function runOnce(name: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const counts = parseCounts(output) ?? parseMochaCounts(output);
      resolve({ name, counts, problem: problemOf({ code, counts, output }) });
    });
  });
}

function sumOf(outcomes: readonly Outcome[]): Counts {
  return outcomes.reduce(
    (sum, { counts }) => ({
      passed: sum.passed + (counts?.passed ?? 0),
      failed: sum.failed + (counts?.failed ?? 0),
    }),
    { passed: 0, failed: 0 },
  );
}

/** The summary of mocha's spec reporter. */
function parseMochaCounts(output: string): Counts | undefined {
  const passing = /^ +(\d+) passing/m.exec(output);
  if (passing === null) return undefined;
  return { passed: Number(passing[1]), failed: Number(/^ +(\d+) failing/m.exec(output)?.[1] ?? 0) };
}

function problemOf({
  code,
  counts,
  output,
}: {
  code: number | null;
  counts: Counts | undefined;
  output: string;
}): string | undefined {
  if (counts === undefined || counts.passed + counts.failed === 0) return 'ran no test';
  if (counts.failed > 0 || code !== 0) return `failed (exit code ${String(code)})`;
  const skipped = Number(/^ +(\d+) pending/m.exec(output)?.[1] ?? 0);
  return process.env.CI === 'true' && skipped > 0 ? `skipped ${skipped} tests` : undefined;
}

const wanted = process.argv.slice(2);
const outcomes: Outcome[] = [];
for (const suite of suites) {
  if (wanted.length === 0 || wanted.includes(suite.group)) outcomes.push(await runSuite(suite));
}
console.log('\n== Suites');
for (const { name, counts, problem } of outcomes) {
  console.log(
    `${name}: ${counts === undefined ? 'no result' : `${counts.passed} passed`}${problem === undefined ? '' : `, ${problem}`}`,
  );
}
const total = sumOf(outcomes);
console.log(`${total.passed} passed, ${total.failed} failed`);
if (outcomes.length === 0 || outcomes.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
