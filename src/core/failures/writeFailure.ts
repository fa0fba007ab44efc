import { basename } from 'node:path';
import { MessageError } from './message.js';

class FileWriteError extends MessageError {
  override readonly name = 'FileWriteError';
  constructor(name: string, code: string) {
    super({
      text: 'The file {0} cannot be written ({1}). Choose another folder or free some space.',
      args: [name, code],
    });
  }
}

/**
 * Turns a file system error into a message about the file; returns any other error unchanged. Errors of the file system
 * have a path; those of the connection have none.
 */
export function toWriteError(error: unknown, path: string): unknown {
  const isOfFile = error instanceof Error && 'path' in error;
  const isFull = codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
  return isOfFile || isFull ? new FileWriteError(basename(path), codeOf(error)) : error;
}

/** The code of a file system error; empty if it has none. */
export function codeOf(error: unknown): string {
  const { code } = (error instanceof Error ? error : {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
