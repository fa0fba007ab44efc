import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, found from wherever the bundler put this module. */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isRoot(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The project folder was not found above this script.');
    folder = parent;
  }
  return folder;
}

function isRoot(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  // Folders below .vscode-test/ contain other manifests, so the name decides and not the presence of the
  // file.
  return existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"name": "signpost"');
}
