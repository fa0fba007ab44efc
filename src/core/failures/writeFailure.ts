import { basename } from 'node:path';
import { MessageError } from './message.js';

class CannotWriteError extends MessageError {
  override readonly name = 'CannotWriteError';
  constructor(name: string, code: string) {
    super({
      text: 'The file {0} cannot be written ({1}). Choose another folder or free some space.',
      args: [name, code],
    });
  }
}

/**
 * What the file system says against writing a file, as a sentence about that file; any other error as it is. Errors of the
 * file system have a path; those of the connection have none.
 */
export function asWriteFailure(error: unknown, path: string): unknown {
  const isOfFile = error instanceof Error && 'path' in error;
  const isFull = codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
  return isOfFile || isFull ? new CannotWriteError(basename(path), codeOf(error)) : error;
}

/** The code of an error of the file system; empty where it has none. */
export function codeOf(error: unknown): string {
  const { code } = (error instanceof Error ? error : {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
