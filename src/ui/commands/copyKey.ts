import type { RowsApp, SigningApp } from '../app.js';
import { copyAddress } from '../links/copyAddress.js';

export async function copyKey(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  await copyAddress(app, { as: 'key', args });
}
