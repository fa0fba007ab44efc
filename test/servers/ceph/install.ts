import { access } from 'node:fs/promises';
import { installPackages } from '../debian.js';

const packages = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common', 'curl', 'openssl'];
const programs = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph', 'curl', 'openssl'];
const remedy = `Install Ceph's object gateway: apt-get install --no-install-recommends ${packages.join(' ')}`;

async function isProgram(name: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(':');
  const found = await Promise.allSettled(folders.map((folder) => access(`${folder}/${name}`)));
  return found.some(({ status }) => status === 'fulfilled');
}

/** Whether everything that `startCeph` runs is on the path. */
async function hasCeph(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const found = await Promise.all(programs.map(isProgram));
  return found.every(Boolean);
}

/**
 * Sees to it that Ceph is here: it is already, or this is Debian or Ubuntu and the user is root.
 * @throws Error of one sentence that says what to install
 */
export async function installCeph(): Promise<void> {
  if (await hasCeph()) return;
  if (process.platform !== 'linux') throw new Error('Ceph runs on Linux only.');
  await installPackages(packages, remedy);
}
