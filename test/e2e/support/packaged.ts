import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension, VSIX_VARIABLE } from '../../host/packageExtension.js';

let packaged: Promise<string> | undefined;

/** The path of the `.vsix`, made once for all files of a process and removed at its end, unless one was made before. */
export function packagedExtension(): Promise<string> {
  packaged ??= makePackage();
  return packaged;
}

async function makePackage(): Promise<string> {
  const made = process.env[VSIX_VARIABLE];
  if (made !== undefined) return made;
  const folder = await mkdtemp(join(tmpdir(), 'signpost-e2e-package-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return packageExtension(folder);
}
