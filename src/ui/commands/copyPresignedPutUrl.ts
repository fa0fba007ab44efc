import type { RowsApp, SigningApp } from '../app.js';
import { copyLink } from '../links/copyLink.js';
import { l10n } from '../messages/safeVscode.js';

export async function copyPresignedPutUrl(
  app: SigningApp & RowsApp,
  args: readonly unknown[],
): Promise<void> {
  await copyLink(app, { kind: 'put', title: l10n.t('Copy Presigned PUT URL'), args });
}
