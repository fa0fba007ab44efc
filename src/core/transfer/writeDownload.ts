import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { MessageError } from '../message.js';
import { asWriteFailure, codeOf } from '../writeFailure.js';

class FileExistsError extends MessageError {
  override readonly name = 'FileExistsError';
  constructor(name: string) {
    super({
      text: 'A file named {0} is there meanwhile, and was left as it is. Choose another name.',
      args: [name],
    });
  }
}

interface Target {
  readonly path: string;
  readonly replaces: boolean;
}

/**
 * Writes pieces to a file beside the target, and moves it there when all of them have come. What was written of one
 * that fails is removed.
 * @throws FileExistsError, CannotWriteError; what reading the pieces does
 */
export async function writeDownload(
  pieces: AsyncIterable<Buffer>,
  target: Target,
): Promise<{ readonly sizeBytes: number }> {
  const temporary = `${target.path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const sizeBytes = await writePieces(pieces, temporary);
    if (!target.replaces) await reserve(target.path);
    await rename(temporary, target.path);
    return { sizeBytes };
  } catch (error) {
    await rm(temporary, { force: true });
    throw asWriteFailure(error, target.path);
  }
}

async function writePieces(pieces: AsyncIterable<Buffer>, path: string): Promise<number> {
  // Fails where anything has this name, a symbolic link too.
  const file = await open(path, 'wx');
  try {
    let sizeBytes = 0;
    for await (const piece of pieces) {
      await file.writeFile(piece);
      sizeBytes += piece.byteLength;
    }
    return sizeBytes;
  } finally {
    await file.close();
  }
}

/** Takes the name, or fails where something has it: renaming alone would replace that. */
async function reserve(path: string): Promise<void> {
  const file = await open(path, 'wx').catch((error: unknown) => {
    throw codeOf(error) === 'EEXIST' ? new FileExistsError(basename(path)) : error;
  });
  await file.close();
}
