import type { App } from '../app.js';
import { copyAddress } from '../links/copyAddress.js';

export async function copyName(app: App, args: readonly unknown[]): Promise<void> {
  await copyAddress(app, { as: 'name', args });
}
