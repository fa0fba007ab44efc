import assert from 'node:assert/strict';
import { installCeph, startCeph, type Ceph, type CephOptions } from './ceph.js';

/**
 * Starts a separate Ceph for a suite, and installs it if it is missing. Skips the suite if that is
 * impossible, but never with CI=true. `prepare` runs before the first test.
 */
export function useCeph(options: CephOptions, prepare?: (ceph: Ceph) => void | Promise<void>): () => Ceph {
  let ceph: Ceph | undefined;
  before('Ceph is installed and started', async function () {
    // Installing from the network may take long.
    this.timeout(600_000);
    try {
      await installCeph();
    } catch (error) {
      if (process.env.CI === 'true' || !(error instanceof Error)) throw error;
      console.log(`    skipped: ${error.message}`);
      this.skip();
    }
    ceph = await startCeph(options);
    await prepare?.(ceph);
  });
  after(async () => {
    await ceph?.close();
  });
  return () => {
    assert.ok(ceph);
    return ceph;
  };
}
