import type { App } from '../app.js';

export function showLog({ log }: Pick<App, 'log'>): Promise<void> {
  log.show();
  return Promise.resolve();
}
