import { randomBytes } from 'node:crypto';
import { lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { MessageError } from '../failures/message.js';
import { toWriteError, codeOf } from '../failures/writeFailure.js';

export class FileExistsError extends MessageError {
  override readonly name = 'FileExistsError';
  constructor(name: string) {
    super({
      text: 'A file named {0} already exists and was not changed. Choose another name.',
      args: [name],
    });
  }
}

export interface WriteTarget {
  readonly path: string;
  /** Whether an existing file is replaced. */
  readonly overwrite: boolean;
  /** `overwrite` writes into a file that cannot be replaced, such as one that another program has open on Windows. */
  readonly onRenameFailure?: 'overwrite';
  /** Paths to try in order if a file has appeared at `path` during the write. */
  readonly fallbackPaths?: readonly string[];
  /** Called with the path of the finished file. */
  readonly onWritten?: (path: string) => void;
  /** Permissions of the file. If not given, those of the replaced file, or the process default. */
  readonly mode?: number;
  /** Called with the path of each temporary file that a failed write could not remove. */
  readonly onLeftover?: ((path: string) => void) | undefined;
}

/**
 * Writes a file under a temporary name in the same folder and moves it to its path when it is complete. On failure, it
 * removes the files it created, and no others. Calls `write` again to overwrite a file that cannot be replaced.
 * @throws FileExistsError; FileWriteError; what `write` throws. If cleaning up fails too, the first failure.
 */
export async function writeAtomically<Result>(
  target: WriteTarget,
  write: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const { path, overwrite, fallbackPaths = [] } = target;
  const part = `${path}.${randomBytes(6).toString('hex')}.part`;
  const created: CreatedFile[] = [];
  try {
    const mode = target.mode ?? (overwrite ? await modeOf(path) : undefined);
    const result = await writeNew(await create(part, { mode, created }), write);
    const end = overwrite ? path : await reserve([path, ...fallbackPaths], created);
    const again = await rename(part, end).catch(async (error: unknown) => {
      if (target.onRenameFailure !== 'overwrite') throw error;
      // Not copied: another program may also keep the temporary file from being read.
      const written = await writeNew(await open(end, 'w', mode), write);
      for (const file of created) await remove(file, target);
      return { written };
    });
    target.onWritten?.(end);
    return again === undefined ? result : again.written;
  } catch (error) {
    for (const file of created) await remove(file, target);
    throw toWriteError(error, path);
  }
}

/** Alternative names to try: `links.txt` -> `links-2.txt` to `links-9.txt`. */
export function alternativeNames(name: string): readonly string[] {
  const extension = extname(name);
  const start = name.slice(0, name.length - extension.length);
  return Array.from({ length: 8 }, (_, index) => `${start}-${index + 2}${extension}`);
}

/** Keeps a private file private when it is replaced. */
async function modeOf(path: string): Promise<number | undefined> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() === true ? found.mode & 0o777 : undefined;
}

interface CreatedFile {
  readonly path: string;
  readonly device: bigint;
  readonly inode: bigint;
}

/** Fails if anything already has this name, including a symbolic link. */
async function create(
  path: string,
  { mode, created }: { readonly mode?: number | undefined; readonly created: CreatedFile[] },
): Promise<FileHandle> {
  const file = await open(path, 'wx', mode);
  const { dev: device, ino: inode } = await file.stat({ bigint: true });
  created.push({ path, device, inode });
  return file;
}

async function writeNew<Result>(
  file: FileHandle,
  write: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await write(file);
    await file.close();
    return result;
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

/** Creates the first free path, or fails if all are taken: renaming alone would overwrite an existing file. */
async function reserve(paths: readonly string[], created: CreatedFile[]): Promise<string> {
  for (const path of paths) {
    try {
      const file = await create(path, { created });
      await file.close();
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  throw new FileExistsError(basename(paths[0] ?? ''));
}

async function remove({ path, device, inode }: CreatedFile, { onLeftover }: WriteTarget): Promise<void> {
  try {
    const { dev, ino } = await lstat(path, { bigint: true });
    if (dev === device && ino === inode) await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') onLeftover?.(path);
  }
}
