import { ensureFonts, ensurePackages, findChromium } from './host/machine.js';
import { bringNpmHost } from './host/npmHost/bring.js';
import { botocorePackages } from './servers/botocore/botocore.js';
import { cephPackages } from './servers/ceph/install.js';

export const groups = ['check', 'unit', 'integration', 'e2e'] as const;

export type Group = (typeof groups)[number];

/** Programs that links are written for, and packages that verify signatures. */
const programs = ['curl', 'wget', 'zsh', 'python3-requests', 'python3-boto3', 'awscli', ...botocorePackages];

const compiler = ['g++', 'make', 'python3'];

/** Whether the tests can use Ceph and a VS Code from npm. */
export const onLinux = process.platform === 'linux';

/**
 * Installs everything that the groups need from the system, at once and before their first test. Outside
 * Linux that is only a browser: the suites that need more say what they leave out.
 * @throws Error of one sentence naming what to install
 */
export async function prepareSystem(wanted: readonly Group[]): Promise<void> {
  if (wanted.every((group) => group === 'check')) return;
  if (onLinux) {
    await ensurePackages([
      ...(wanted.includes('unit') ? [...programs, ...cephPackages] : []),
      ...(needHosts(wanted) ? compiler : []),
    ]);
    await ensureFonts();
  }
  await findChromium();
}

function needHosts(wanted: readonly Group[]): boolean {
  return wanted.includes('integration') || wanted.includes('e2e');
}

/**
 * Downloads the versions of VS Code that the groups need. If one is unavailable, the suite that needs it says
 * so.
 */
export async function bringHosts(wanted: readonly Group[]): Promise<void> {
  if (!onLinux || !needHosts(wanted)) return;
  await bringNpmHost('newest').catch(() => undefined);
  if (wanted.includes('integration')) await bringNpmHost('oldest').catch(() => undefined);
}
