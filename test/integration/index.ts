import { writeFileSync } from 'node:fs';
import { HOST_VERSION_VARIABLE } from '../host/npmHost/versions.js';
import {
  BENCH_RESULT,
  BENCH_VARIABLE,
  formatCounts,
  GREP_VARIABLE,
  ONLY_VARIABLE,
  RESULT_VARIABLE,
  TESTS_START,
} from '../host/testOutput.js';
import { shuffleTests } from '../support/shuffle.js';

/**
 * Entry point in VS Code's extension host: runs the suites, and leaves the counting to the runner outside.
 */
export async function run(): Promise<void> {
  const measurement = process.env[BENCH_VARIABLE];
  if (measurement !== undefined) {
    for (const line of await measure(measurement)) console.log(BENCH_RESULT + line);
    return;
  }
  // Imported rather than required: what require() gives for an ES module differs between the hosts' versions
  // of Node.
  const { default: Mocha } = await import('mocha');
  console.log(TESTS_START);
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: false, timeout: 120_000 });
  const titles = process.env[GREP_VARIABLE];
  if (titles !== undefined) mocha.grep(new RegExp(titles));
  // The suites are part of this bundle rather than files that mocha could load, so its globals are set up by
  // hand.
  mocha.suite.emit('pre-require', globalThis, 'suites', mocha);
  const { loadSuites } = await import('./suites.js');
  await loadSuites({ only: process.env[ONLY_VARIABLE], host: process.env[HOST_VERSION_VARIABLE] });
  shuffleTests(mocha.suite);
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats);
    });
  });
  const counts = {
    passed: stats?.passes ?? 0,
    failed: stats?.failures ?? 0,
    skipped: stats?.pending ?? 0,
  };
  const resultFile = process.env[RESULT_VARIABLE];
  if (resultFile !== undefined) writeFileSync(resultFile, formatCounts(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} integration tests failed.`);
}

async function measure(name: string): Promise<readonly string[]> {
  switch (name) {
    case 'activation':
      return (await import('./bench/activationTime.js')).measureActivation();
    case 'uploadMemory':
      return (await import('./bench/uploadMemory.js')).measureUploadMemory();
    default:
      throw new Error(`There is no measurement "${name}".`);
  }
}
