import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension, VSIX_VARIABLE } from '../../host/packageExtension.js';

let packaged: Promise<string> | undefined;

/** The path of the `.vsix`. Built once per process and removed when it ends, unless one was built before. */
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
