import { join } from 'node:path';
import { repositoryRoot } from './paths.js';
import { runToEnd } from './processes.js';

/** The variable with the path of a packaged `.vsix`, for processes that share it. */
export const VSIX_VARIABLE = 'SIGNPOST_VSIX';

/** Packages the `.vsix` that users install into the given folder, and returns its path. */
export async function packageExtension(folder: string): Promise<string> {
  const file = join(folder, 'signpost.vsix');
  const vsce = join(repositoryRoot(), 'node_modules', '@vscode', 'vsce', 'vsce');
  await runToEnd(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], {
    cwd: repositoryRoot(),
  });
  return file;
}
