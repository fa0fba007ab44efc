import { ensurePackages } from '../../../host/machine.js';

/** Installs the programs that formats are written for, if they are missing. */
export function usePrograms(...packages: readonly string[]): void {
  before('programs are installed', async function () {
    // Installing may take long on a slow network.
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
