import { ensurePackages } from '../../../host/machine.js';

/** Brings the programs that formats are written for, where they are not there. */
export function usePrograms(...packages: readonly string[]): void {
  before('programs are installed', async function () {
    // Installing from the network takes as long as it takes.
    this.timeout(300_000);
    try {
      await ensurePackages(packages);
    } catch (error) {
      if (process.env.CI === 'true' || !(error instanceof Error)) throw error;
      console.log(`    skipped: ${error.message}`);
      this.skip();
    }
  });
}
