import type { App } from '../app.js';

/** Reads the AWS files again, reconnects and lists everything again. */
export function refresh({ session }: Pick<App, 'session'>): Promise<void> {
  session.reload();
  return Promise.resolve();
}
