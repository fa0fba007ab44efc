import type { RowsApp, SigningApp } from '../app.js';
import { copyAddress } from '../links/copyAddress.js';

export async function copyName(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  await copyAddress(app, { as: 'name', args });
}
