/**
 * Whether an error is a server's response. The SDK copies its name, its message and all other text fields from the
 * response, but sets `$fault` itself.
 */
export function isServerError(error: Error): boolean {
  return '$fault' in error;
}
