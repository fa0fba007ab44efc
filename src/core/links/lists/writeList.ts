import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { asWriteFailure } from '../../writeFailure.js';

export interface WriteOptions {
  /** Whether the file can be run. */
  readonly isProgram: boolean;
  readonly signal: AbortSignal;
}

/**
 * Writes text into a file that only its owner can read, piece by piece as it comes. The file is there when all of it is:
 * before, and where the writing fails or is called off, an existing one stays as it was.
 * @throws CannotWriteError; an AbortError; what the pieces throw
 */
export async function writeList(
  path: string,
  pieces: AsyncIterable<string>,
  { isProgram, signal }: WriteOptions,
): Promise<void> {
  // Beside the file: a name in another file system could not be renamed.
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const file = createWriteStream(part, { flags: 'wx', mode: isProgram ? 0o700 : 0o600 });
    await pipeline(pieces, file, { signal });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw asWriteFailure(error, path);
  }
}
