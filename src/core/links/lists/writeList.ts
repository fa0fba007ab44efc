import { basename, dirname, join } from 'node:path';
import { alternativeNames, writeAtomically } from '../../async/writeAtomically.js';

export interface WriteOptions {
  /** Whether the file can be run. */
  readonly isProgram: boolean;
  /** Whether an existing file is replaced. */
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

/**
 * Writes text piece by piece, as it arrives, to a file that only its owner can read. The file appears when it
 * is complete. A file that appeared at the path in the meantime is not overwritten: the list gets a name like
 * `links-2.txt`. Returns the path of the list.
 * @throws FileExistsError if those names are taken too; FileWriteError; an AbortError; errors of the pieces
 */
export async function writeList(
  path: string,
  pieces: AsyncIterable<string>,
  { isProgram, overwrite, signal }: WriteOptions,
): Promise<string> {
  let written = path;
  const target = {
    path,
    overwrite,
    fallbackPaths: alternativeNames(basename(path)).map((name) => join(dirname(path), name)),
    mode: isProgram ? 0o700 : 0o600,
    onWritten: (end: string) => {
      written = end;
    },
  };
  await writeAtomically(target, async (file) => {
    for await (const piece of pieces) {
      signal.throwIfAborted();
      await file.writeFile(piece);
    }
    signal.throwIfAborted();
  });
  return written;
}
