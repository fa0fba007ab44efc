import { env } from 'vscode';
import { formatSource } from '../../core/connection/profiles/source.js';
import { linkFormat, type LinkFormatId } from '../../core/links/formats/formats.js';
import { formatJson } from '../../core/text/quote.js';
import { signLink, type Link, type LinkRequest } from '../../core/links/sign.js';
import type { SigningApp } from '../app.js';
import { copyInAnyFormat, copyInFormat } from './copyAs.js';
import { expirySentence } from './expirySentence.js';
import { commandIds } from '../ids.js';
import { withDelayedProgress } from '../messages/delayedProgress.js';
import { linkNotes } from './linkNotes.js';
import { rememberLinks } from './recentLinks.js';
import { run } from '../run.js';
import { shortensToCredentials } from '../settings.js';
import { sourceLabel } from '../connection/sourceNames.js';
import { completeStep } from '../walkthrough.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/safeVscode.js';
import { joinText, type SafeText } from '../messages/safeText.js';
import { showMessage } from '../messages/showMessage.js';
import { safeUri } from '../messages/safeUri.js';

export interface CopiedLink {
  readonly link: Link;
  /** The source that signed it, as named in stored state and in sentences. */
  readonly sourceId: string;
  readonly label: SafeText;
  /** How far S3's clock was ahead of this machine's at signing. */
  readonly clockOffsetMs: number;
}

/** Signs a link, copies it and remembers the chosen expiry. */
export async function copyNewLink(app: SigningApp, request: LinkRequest): Promise<CopiedLink> {
  const signed = await signNewLink(app, request);
  await env.clipboard.writeText(clipboardText(signed.link));
  completeStep('copyLink');
  return signed;
}

/**
 * Signs a link and remembers the chosen expiry. Shows progress while waiting for the store or for
 * credentials.
 */
export async function signNewLink(app: SigningApp, request: LinkRequest): Promise<CopiedLink> {
  const connection = await app.session.connection();
  const shorten = shortensToCredentials();
  const link = await withDelayedProgress({ title: l10n.t('Creating a link'), connection }, (signal) =>
    signLink(connection, request, { shorten, signal }),
  );
  await app.memory.setExpirySeconds(request.expiresInSeconds);
  app.log.info(`${link.method} link created, expires ${link.expiresAt.toISOString()}`);
  const label = sourceLabel(connection.source, app.connections);
  const clockOffsetMs = connection.clock.offsetMs;
  await rememberLinks(app, [{ request, link, source: connection.source, clockOffsetMs }]);
  return { link, sourceId: formatSource(connection.source), label, clockOffsetMs };
}

/** The URL, or for an upload form its JSON, which programs can read. */
function clipboardText({ url, sends }: Link): string {
  return sends.what === 'form' ? formatJson({ url, fields: sends.fields }, 2) : url;
}

/**
 * "Copied PUT link for s3://b/in/new.bin. Expires at 14:05 (in 1 hour).", then what users of the link need
 * to know. By default the link is copied as {@link clipboardText}.
 */
export function copiedSentence(copied: CopiedLink, format?: LinkFormatId): SafeText {
  const { link } = copied;
  const written = format ?? (link.sends.what === 'form' ? 'json' : 'url');
  return joinText([copiedWhat(link, written), expiryOf(copied), ...linkNotes(link)], ' ');
}

/**
 * Says when the first of the inserted links expires, if that is earlier than requested; otherwise nothing.
 */
export function warnEarlyExpiry(made: readonly CopiedLink[]): void {
  const [first] = made
    .filter(({ link }) => link.limit !== 'none')
    .sort((one, other) => one.link.expiresAt.getTime() - other.link.expiresAt.getTime());
  if (first === undefined) return;
  const sentence =
    made.length === 1
      ? l10n.t('Inserted {0} link for {1}.', first.link.method, safeUri(first.link))
      : l10n.t('Inserted {0} links.', made.length);
  void window.showInformationMessage(joinText([sentence, expiryOf(first, made.length === 1)], ' '));
}

function expiryOf({ link, label, clockOffsetMs }: CopiedLink, isOne = true): SafeText {
  return expirySentence({ ...link, signer: label, clockOffsetMs }, { isOne });
}

function copiedWhat(link: Link, format: LinkFormatId): SafeText {
  const { method, sends } = link;
  const uri = safeUri(link);
  if (format === 'url') return l10n.t('Copied {0} link for {1}.', method, uri);
  const label = showMessage({ text: linkFormat(format).label });
  return sends.what === 'form'
    ? l10n.t('Copied {0} form ({1}) for {2}.', method, label, uri)
    : l10n.t('Copied {0} link ({1}) for {2}.', method, label, uri);
}

/** Copies a link and shows a message that offers other formats. */
export async function deliverLink(app: SigningApp, request: LinkRequest): Promise<void> {
  await retryableStep(async () => {
    const copied = await copyNewLink(app, request);
    void offerFormats(app, copied);
  });
}

async function offerFormats(app: SigningApp, copied: CopiedLink): Promise<void> {
  const asCurl = l10n.t('Copy as cURL');
  const asOther = l10n.t('Copy As...');
  const choice = await window.showInformationMessage(copiedSentence(copied), asCurl, asOther);
  if (choice === undefined) return;
  await run(app, {
    id: commandIds.copyLinkAs,
    body: () => (choice === asCurl ? copyInFormat('curl', copied.link) : copyInAnyFormat(copied.link)),
  });
}
