import type { App } from '../app.js';

export function showLog({ log }: App): Promise<void> {
  log.show();
  return Promise.resolve();
}
