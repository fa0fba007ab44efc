import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function isDebian(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/**
 * Installs packages by name, where this is Debian or Ubuntu and the user is root.
 * @throws Error that begins with `remedy`
 */
export async function installPackages(packages: readonly string[], remedy: string): Promise<void> {
  if (process.getuid?.() !== 0 || !(await isDebian())) throw new Error(`${remedy}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env,
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    throw new Error(`${remedy}; apt-get could not.`, { cause: error });
  }
}
