import type { RowsApp, SigningApp } from '../app.js';
import { copyAddress } from '../links/copyAddress.js';

export async function copyS3Uri(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  await copyAddress(app, { as: 's3Uri', args });
}
