import { ensurePackages } from '../../host/machine.js';

/** The packages that Ceph's object gateway needs. */
export const cephPackages = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common', 'curl', 'openssl'] as const;

/**
 * Ensures that Ceph is installed; installs it if this is Debian or Ubuntu and the user is root.
 * @throws Error of one sentence that says what to install
 */
export async function installCeph(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('Ceph runs on Linux only.');
  await ensurePackages(cephPackages);
}
