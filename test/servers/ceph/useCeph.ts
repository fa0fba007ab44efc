import assert from 'node:assert/strict';
import { installCeph, startCeph, type Ceph, type CephOptions } from './ceph.js';

/**
 * Gives a suite a Ceph of its own, installed where it is missing. A suite is skipped where Ceph cannot be had, but never
 * with CI=true. `prepare` runs before the first test.
 */
export function useCeph(options: CephOptions, prepare?: (ceph: Ceph) => void | Promise<void>): () => Ceph {
  let ceph: Ceph | undefined;
  before('Ceph is installed and started', async function () {
    // Installing from the network takes as long as it takes.
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
