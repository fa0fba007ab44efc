import { env } from 'vscode';
import { explainLink } from '../../core/links/explain/explainLink.js';
import { keyName } from '../../core/storage/keys.js';
import { displayKey } from '../../core/text/unprintable.js';
import type { App } from '../app.js';
import { pickLink } from '../editor/linkSource.js';
import { openLinkPage } from '../editor/openLinkPage.js';
import { explanationText } from '../links/explanationText.js';
import { l10n } from '../messages/safeVscode.js';

/** Opens a page that explains a link. Sends nothing. */
export async function explainPresignedUrl(
  app: Pick<App, 'session' | 'pages'>,
  args: readonly unknown[],
): Promise<void> {
  const link = await pickLink(app, { title: l10n.t('Explain Presigned URL'), args });
  if (link === undefined) return;
  const explanation = explainLink(link, { now: new Date(), locale: env.language });
  const name = displayKey(link.key === '' ? link.bucket : keyName(link.key));
  const title = l10n.t('Presigned URL for {0}', name);
  await openLinkPage(app.pages, { title, text: explanationText(explanation) });
}
