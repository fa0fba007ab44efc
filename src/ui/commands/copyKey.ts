import type { App } from '../app.js';
import { copyAddress } from '../links/copyAddress.js';

export async function copyKey(app: App, args: readonly unknown[]): Promise<void> {
  await copyAddress(app, { as: 'key', args });
}
