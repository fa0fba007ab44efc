import type { App } from '../app.js';
import { copyLink } from '../links/copyLink.js';
import { l10n } from '../messages/safeVscode.js';

export async function copyPresignedGetUrl(app: App, args: readonly unknown[]): Promise<void> {
  await copyLink(app, { kind: 'get', title: l10n.t('Copy Presigned GET URL'), args });
}
