import type { RowsApp, SigningApp } from '../app.js';
import { copyAddress } from '../links/copyAddress.js';

export async function copyArn(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  await copyAddress(app, { as: 'arn', args });
}
