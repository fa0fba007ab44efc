import { BENCH_VARIABLE, formatCounts, ONLY_VARIABLE, TESTS_START } from '../host/testOutput.js';

/** Entry point for VS Code's extension host: runs the suites and prints their counts for the runner outside. */
export async function run(): Promise<void> {
  if (process.env[BENCH_VARIABLE] !== undefined) {
    console.log(await (await import('./activationTime.js')).measureActivation());
    return;
  }
  // Imported and not required: what require() gives for an ES module differs between the Nodes of the hosts.
  const { default: Mocha } = await import('mocha');
  console.log(TESTS_START);
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: false, timeout: 60_000 });
  // The suites are part of this bundle and no files that mocha could load, so its globals are put in place by hand.
  mocha.suite.emit('pre-require', globalThis, 'suites', mocha);
  const { loadSuites } = await import('./suites.js');
  await loadSuites(process.env[ONLY_VARIABLE]);
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats);
    });
  });
  const counts = { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0 };
  console.log(formatCounts(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} integration tests failed.`);
}
