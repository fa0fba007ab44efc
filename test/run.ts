import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bringNpmHost } from './host/npmHost/bring.js';
import { packageExtension, VSIX_VARIABLE } from './host/packageExtension.js';
import { bringHosts, groups, prepareSystem, type Group } from './prepare.js';
import { runInLanes } from './run/lanes.js';
import {
  describeOutcome,
  describeSlowest,
  describeTotal,
  fail,
  joinOutcomes,
  leaveOut,
  readCheck,
  readTests,
  type Outcome,
} from './run/outcomes.js';
import { runWithin } from './run/processes.js';
import { suites, type Suite } from './run/suites.js';

// node out/run.js [check | unit | integration | e2e]...: runs the suites, two processes at a time, prints the
// output of each when it has ended, and adds up their counts.

const LANES = 2;

/**
 * Twice what the longest process takes on a slow machine. If a process hangs, the results of the others are
 * reported all the same.
 */
const limitMs = 25 * 60_000;

const mayNotSkip = process.env.CI === 'true';

const secondsSoFar = () => `${(performance.now() / 1000).toFixed()} s`;

interface PieceOfSuite {
  readonly suite: Suite;
  readonly name: string;
  readonly args: readonly string[];
}

function piecesOf(suite: Suite): readonly PieceOfSuite[] {
  const { name, args, files, lacks } = suite;
  if (files === undefined || lacks !== undefined) return [{ suite, name, args }];
  return files.map((file) => ({ suite, name: file, args: [...args, file] }));
}

async function runPiece({ suite, name, args }: PieceOfSuite): Promise<Outcome> {
  if (suite.lacks !== undefined) return leaveOut(name, { why: suite.lacks, mayNotSkip });
  console.log(`-- ${secondsSoFar()}: ${name} begins`);
  const node = suite.nodeOf === undefined ? process.execPath : (await bringNpmHost(suite.nodeOf)).node;
  const ended = await runWithin(limitMs, node, args);
  console.log(`\n== ${name}\n${ended.output}-- ${secondsSoFar()}: ${name} ended`);
  return suite.isCheck === true ? readCheck(name, ended) : readTests(name, { ...ended, mayNotSkip });
}

/** Starts to prepare what the suites need; each promise settles when its part is ready. */
function prepare(wanted: readonly Group[]): Readonly<Record<Suite['needs'], Promise<unknown>>> {
  // Packaging rebuilds dist/, so nothing that reads it may run at the same time.
  const system = Promise.all([prepareSystem(wanted), wanted.includes('e2e') ? makePackage() : undefined]);
  return { nothing: Promise.resolve(), system, hosts: system.then(() => bringHosts(wanted)) };
}

async function makePackage(): Promise<void> {
  process.env[VSIX_VARIABLE] = await packageExtension(await mkdtemp(join(tmpdir(), 'signpost-vsix-')));
}

async function removePackage(): Promise<void> {
  const made = process.env[VSIX_VARIABLE];
  if (made !== undefined) await rm(dirname(made), { recursive: true });
}

async function runSuites(wanted: readonly Group[]): Promise<readonly Outcome[]> {
  const present = prepare(wanted);
  const chosen = suites.filter(({ group }) => wanted.includes(group));
  const pieces = chosen.flatMap(piecesOf);
  const outcomes = await runInLanes(
    pieces.map((piece) => {
      const ready = present[piece.suite.needs];
      const run = () => ready.then(() => runPiece(piece)).catch((error: unknown) => fail(piece.name, error));
      return { ready, run };
    }),
    LANES,
  );
  return chosen.flatMap((suite) => {
    const own = outcomes.filter((_, at) => pieces[at]?.suite === suite);
    return suite.files === undefined ? own : joinOutcomes(suite.name, own);
  });
}

function report(outcomes: readonly Outcome[]): void {
  const failures = outcomes.map((outcome) => outcome.failures).join('');
  if (failures !== '') console.log(`\n== Failures\n${failures}`);
  console.log('\n== Slowest tests');
  for (const line of describeSlowest(outcomes)) console.log(line);
  console.log('\n== Suites');
  for (const outcome of outcomes) console.log(describeOutcome(outcome));
  console.log(describeTotal(outcomes));
}

async function main(named: readonly string[]): Promise<void> {
  const wanted = groups.filter((group) => named.length === 0 || named.includes(group));
  const outcomes = await runSuites(wanted).finally(removePackage);
  report(outcomes);
  if (outcomes.length === 0 || outcomes.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  // The message says in one sentence what the machine lacks.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
