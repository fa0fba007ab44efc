import type { RowsApp, SigningApp } from '../app.js';
import { askLink } from '../links/askLink.js';
import { deliverLink } from '../links/deliverLink.js';
import { l10n } from '../messages/safeVscode.js';

/**
 * The whole flow: bucket, key, kind, expiry. A row answers the first questions; going back still reaches
 * them.
 */
export async function createPresignedUrl(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  const draft = await askLink(app, { title: l10n.t('Create Presigned URL'), args });
  if (draft !== undefined) await deliverLink(app, draft);
}
