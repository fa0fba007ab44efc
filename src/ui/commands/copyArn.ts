import type { App } from '../app.js';
import { copyAddress } from '../links/copyAddress.js';

export async function copyArn(app: App, args: readonly unknown[]): Promise<void> {
  await copyAddress(app, { as: 'arn', args });
}
