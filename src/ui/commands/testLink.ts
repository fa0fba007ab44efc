import { env } from 'vscode';
import { formatMoment } from '../../core/text/format.js';
import { formatBytes } from '../../core/text/formatEntry.js';
import type { ParsedLink, ParsedUrl } from '../../core/links/parse/parsedLink.js';
import { isTestable, testLink as sendTest, type LinkTestResult } from '../../core/transfer/link/testLink.js';
import type { LinkApp } from '../app.js';
import { safeUri } from '../messages/safeUri.js';
import { pickLink } from '../editor/linkSource.js';
import { commandIds } from '../ids.js';
import { linkOptions } from '../transfer/linkOptions.js';
import { withTransferProgress } from '../transfer/progress.js';
import { uploadReceived } from '../transfer/uploadReceived.js';
import { pickUploadFile } from '../transfer/uploadSource.js';
import { allowLink } from '../connection/clearText.js';
import { run } from '../run.js';
import { nameList } from '../../core/text/nameList.js';
import { l10n, window } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

/** Tests a link that reads, by requesting its first byte. For any other link, only says what it accepts. */
export async function testLink(app: LinkApp, args: readonly unknown[]): Promise<void> {
  const link = await pickLink(app, { title: l10n.t('Test Link'), args });
  if (link === undefined) return;
  if (link.kind === 'form' || !isTestable(link)) {
    void explainRequirements(app, link);
    return;
  }
  await allowLink(app.memory, link);
  const answer = await send(app, link);
  app.log.info('a link was tested and works');
  void window.showInformationMessage(successSentence(link, answer));
}

function send(app: LinkApp, link: ParsedUrl): Thenable<LinkTestResult> {
  const title = l10n.t('Testing the link to {0}', safeUri(link));
  return withTransferProgress({ title, totalBytes: undefined }, async ({ signal }) =>
    sendTest(link, { ...(await linkOptions(app)), signal }),
  );
}

function successSentence(link: ParsedUrl, { sizeBytes, contentType }: LinkTestResult): SafeText {
  const expiry = expiryTime(link);
  if (sizeBytes === undefined || link.key === '')
    return l10n.t('The link to {0} works. It expires at {1}.', safeUri(link), expiry);
  const size = formatBytes(sizeBytes, env.language);
  if (contentType === undefined)
    return l10n.t('The link to {0} works: {1}. It expires at {2}.', safeUri(link), size, expiry);
  return l10n.t(
    'The link to {0} works: {1}, {2}. It expires at {3}.',
    safeUri(link),
    size,
    contentType,
    expiry,
  );
}

function expiryTime({ expiresAt }: ParsedLink): string {
  return formatMoment(expiresAt, { now: new Date(), locale: env.language });
}

async function explainRequirements(app: LinkApp, link: ParsedLink): Promise<void> {
  const upload = l10n.t('Upload a File...');
  const buttons = link.kind === 'form' || link.methods.includes('PUT') ? [upload] : [];
  const choice = await window.showInformationMessage(requirementsSentence(link), ...buttons);
  if (choice === upload) await run(app, { id: commandIds.uploadToLink, body: () => uploadFile(app, link) });
}

/** Asks for the file, because the active editor may contain the text with the link. */
async function uploadFile(app: LinkApp, link: ParsedLink): Promise<void> {
  const source = await pickUploadFile();
  if (source !== undefined) await uploadReceived(app, { source, link });
}

function requirementsSentence(link: ParsedLink): SafeText {
  const [place, expiry] = [safeUri(link), expiryTime(link)];
  if (link.kind === 'form')
    return l10n.t(
      'This form for {0} uploads a file, so it was not tested. It accepts a POST with all its fields and then the file, until {1}.',
      place,
      expiry,
    );
  const method = link.methods.join(', ');
  if (link.signedHeaders.length === 0)
    return l10n.t(
      'This link to {0} changes data, so it was not tested. It accepts {1} without extra headers, until {2}.',
      place,
      method,
      expiry,
    );
  return l10n.t(
    'This link to {0} changes data, so it was not tested. It accepts {1} with these headers, until {2}: {3}.',
    place,
    method,
    expiry,
    nameList(link.signedHeaders),
  );
}
