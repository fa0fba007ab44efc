import { basename } from 'node:path/posix';
import { commands, Uri, workspace } from 'vscode';
import { FileExistsError, otherNames } from '../core/async/writeBeside.js';
import { codeOf } from '../core/failures/writeFailure.js';
import type { CommandId } from './ids.js';
import { run, type Runner } from './run.js';

/** Where a person said that a file goes. */
export interface ChosenFile {
  readonly uri: Uri;
  /** Whether there was a file, which the person agreed to replace. */
  readonly replaces: boolean;
}

/** Whether there is a file or folder at an address; undefined where the file system cannot tell. */
export async function exists(uri: Uri): Promise<boolean | undefined> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    return codeOf(error) === 'FileNotFound' ? false : undefined;
  }
}

/**
 * Writes a file that is not on a disk, at once or not at all. Where a file has appeared there in the meantime, this one
 * gets another name. Gives its address.
 * @throws FileExistsError, what the file system says
 */
export async function writeElsewhere({ uri, replaces }: ChosenFile, content: Uint8Array): Promise<Uri> {
  const name = basename(uri.path);
  const others = replaces ? [] : otherNames(name).map((other) => Uri.joinPath(uri, '..', other));
  for (const place of [uri, ...others]) {
    if (!replaces && (await exists(place)) !== false) continue;
    await workspace.fs.writeFile(place, content);
    return place;
  }
  throw new FileExistsError(name);
}

/** Opens a file in whatever editor VS Code has for it: a text document of an extension has at most 50 MB. */
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
