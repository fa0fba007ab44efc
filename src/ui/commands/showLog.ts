import type { App } from '../app.js';

/** Opens the output channel. */
export function showLog({ log }: App): Promise<void> {
  log.show();
  return Promise.resolve();
}
