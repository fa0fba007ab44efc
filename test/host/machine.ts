import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToEnd } from './processes.js';

const CHROMIUM_COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];

/** Where macOS and Windows install such browsers; neither puts one on PATH. */
const CHROMIUM_PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * Ensures that packages of Debian or Ubuntu are installed: PATH has a command of the package's name, or dpkg
 * lists the package as installed. Installs missing ones if this process is root on such a system.
 * @throws Error of one sentence naming what to install, otherwise.
 */
export async function ensurePackages(names: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const name of names) if (!(await isPresent(name))) missing.push(name);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  if (process.getuid?.() !== 0 || findCommand('apt-get') === undefined) {
    throw new Error(`Please install ${list} first (on Debian and Ubuntu: sudo apt-get install ${list}).`);
  }
  await install(missing);
}

async function isPresent(name: string): Promise<boolean> {
  if (findCommand(name) !== undefined) return true;
  if (findCommand('dpkg-query') === undefined) return false;
  const status = await runToEnd('dpkg-query', ['-W', '-f=${Status}', name]).catch(() => '');
  return status === 'install ok installed';
}

async function install(names: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another process may be updating the lists; only the install has to succeed.
  await runToEnd('apt-get', ['update', '-qq'], { env }).catch(() => undefined);
  const options = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  await runToEnd('apt-get', ['install', ...options, ...names], { env });
}

/** The path of a command on PATH. */
function findCommand(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chromium-family browser: CHROME_PATH, then the usual places, then the system's package. */
export async function findChromium(): Promise<string> {
  const found = process.env.CHROME_PATH ?? lookForChromium();
  if (found !== undefined) return found;
  await ensurePackages(['chromium']);
  const installed = lookForChromium();
  if (installed === undefined) throw new Error('Please install Chromium or set CHROME_PATH to a browser.');
  return installed;
}

function lookForChromium(): string | undefined {
  const commands = CHROMIUM_COMMANDS.map(findCommand);
  const places = (CHROMIUM_PLACES[process.platform] ?? []).filter(isExecutable);
  return [...commands, ...places].find((path) => path !== undefined);
}

/**
 * Installs fonts without which a headless machine draws empty boxes. Best effort: a page works without them
 * too.
 */
export async function ensureFonts(): Promise<void> {
  if (process.platform !== 'linux') return;
  await ensurePackages(['fonts-dejavu-core', 'fonts-noto-color-emoji']).catch((error: unknown) => {
    console.warn(error instanceof Error ? error.message : error);
  });
}
