import { isServerError } from '../failures/serverError.js';

/** Work was cancelled by the user, or because its result is no longer needed. */
export class CancelledError extends Error {
  override readonly name = 'AbortError';
  constructor() {
    super('The operation was canceled.');
  }
}

/** Whether the user or a newer request cancelled the work. A server's response never counts as a cancellation. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof CancelledError || error instanceof DOMException) return error.name === 'AbortError';
  return error instanceof Error && /^(?:AbortError|Canceled)$/.test(error.name) && !isServerError(error);
}
