import { ensurePackages } from '../../host/machine.js';

/** What has to be installed for Ceph's object gateway. */
export const cephPackages = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common', 'curl', 'openssl'] as const;

/**
 * Sees to it that Ceph is here: it is already, or this is Debian or Ubuntu and the user is root.
 * @throws Error of one sentence that says what to install
 */
export async function installCeph(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('Ceph runs on Linux only.');
  await ensurePackages(cephPackages);
}
