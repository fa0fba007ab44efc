/** Work was called off, by the person or because what it was for is gone. */
export class CancelledError extends Error {
  override readonly name = 'AbortError';
  constructor() {
    super('The operation was canceled.');
  }
}

/** Whether the work was called off, by the person or by a newer request. What a server answered never says so. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof CancelledError || error instanceof DOMException) return error.name === 'AbortError';
  return error instanceof Error && /^(?:AbortError|Canceled)$/.test(error.name) && !isAnswer(error);
}

/**
 * Whether an error is what a server answered: the SDK takes its name, its message and any further field of text from
 * there, but sets `$fault` itself.
 */
export function isAnswer(error: Error): boolean {
  return '$fault' in error;
}
