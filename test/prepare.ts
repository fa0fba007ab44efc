import { ensureFonts, ensurePackages, findChromium } from './host/machine.js';
import { bringNpmHost } from './host/npmHost/bring.js';
import { botocorePackages } from './servers/botocore/botocore.js';
import { cephPackages } from './servers/ceph/install.js';

export const groups = ['unit', 'integration', 'e2e'] as const;

export type Group = (typeof groups)[number];

/** The programs that links are written for, and what checks what is signed. */
const programs = ['curl', 'wget', 'zsh', 'python3-requests', 'python3-boto3', 'awscli', ...botocorePackages];

const compiler = ['g++', 'make', 'python3'];

/** Where the tests can have Ceph and a VS Code from npm. */
export const onLinux = process.platform === 'linux';

/**
 * Has everything that the groups need from the system, before the first test is run and in one go. Elsewhere than on
 * Linux that is a browser alone: the suites that need more say what they leave out.
 * @throws Error of one sentence naming what to install
 */
export async function prepareSystem(wanted: readonly Group[]): Promise<void> {
  if (onLinux) {
    const needsHost = wanted.some((group) => group !== 'unit');
    await ensurePackages([
      ...(wanted.includes('unit') ? [...programs, ...cephPackages] : []),
      ...(needsHost ? compiler : []),
    ]);
    await ensureFonts();
  }
  await findChromium();
}

/**
 * Begins to bring the versions of VS Code that the groups need, while other tests run. Settles when they are here;
 * where one cannot be had, the suite that needs it says so.
 */
export async function bringHosts(wanted: readonly Group[]): Promise<void> {
  if (!onLinux || wanted.every((group) => group === 'unit')) return;
  await bringNpmHost('newest').catch(() => undefined);
  if (wanted.includes('integration')) await bringNpmHost('oldest').catch(() => undefined);
}
