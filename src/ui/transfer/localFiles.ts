import { basename } from 'node:path/posix';
import { commands, Uri, workspace } from 'vscode';
import { FileExistsError, alternativeNames } from '../../core/async/writeAtomically.js';
import { codeOf } from '../../core/failures/writeFailure.js';
import type { CommandId } from '../ids.js';
import { run, type Runner } from '../run.js';

/** Where the user wants a file to go. */
export interface ChosenFile {
  readonly uri: Uri;
  /** Whether a file existed, which the user agreed to replace. */
  readonly overwrite: boolean;
}

/** Whether a file or folder exists at an address; undefined if the file system cannot say. */
export async function exists(uri: Uri): Promise<boolean | undefined> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    return codeOf(error) === 'FileNotFound' ? false : undefined;
  }
}

/**
 * Writes a file that is not on a disk, all at once or not at all. If another file has appeared there, writes
 * under a different name. Returns the address.
 * @throws FileExistsError, what the file system throws
 */
export async function writeVirtualFile({ uri, overwrite }: ChosenFile, content: Uint8Array): Promise<Uri> {
  const name = basename(uri.path);
  const others = overwrite ? [] : alternativeNames(name).map((other) => Uri.joinPath(uri, '..', other));
  for (const place of [uri, ...others]) {
    if (!overwrite && (await exists(place)) !== false) continue;
    await workspace.fs.writeFile(place, content);
    return place;
  }
  throw new FileExistsError(name);
}

/** Opens a file in any editor that VS Code has for it: an extension's text document has at most 50 MB. */
export async function openFile(
  app: Runner,
  { uri, id }: { readonly uri: Uri; readonly id: CommandId },
): Promise<void> {
  await run(app, {
    id,
    body: async () => {
      await commands.executeCommand('vscode.open', uri);
    },
  });
}
