import { env } from 'vscode';
import { formatMoment } from '../../core/text/format.js';
import { formatBytes } from '../../core/text/formatEntry.js';
import type { ParsedLink, ParsedUrl } from '../../core/links/parse/parsedLink.js';
import { isTestable, testLink as sendTest, type LinkAnswer } from '../../core/transfer/link/testLink.js';
import type { App } from '../app.js';
import { shownUri } from '../messages/shownUri.js';
import { pickLink } from '../editor/linkSource.js';
import { commandIds } from '../ids.js';
import { linkOptions } from '../transfer/linkOptions.js';
import { withTransferProgress } from '../transfer/progress.js';
import { uploadReceived } from '../transfer/uploadReceived.js';
import { pickUploadFile } from '../transfer/uploadSource.js';
import { allowLink } from '../connection/clearText.js';
import { run } from '../run.js';
import { nameList } from '../../core/text/nameList.js';
import { l10n, window } from '../messages/door.js';
import type { Shown } from '../messages/shown.js';

/** Tests a link that reads, by requesting its first byte. For any other link, only says what it accepts. */
export async function testLink(app: App, args: readonly unknown[]): Promise<void> {
  const link = await pickLink(app, { title: l10n.t('Test Link'), args });
  if (link === undefined) return;
  if (link.kind === 'form' || !isTestable(link)) {
    void sayWhatItTakes(app, link);
    return;
  }
  await allowLink(app.memory, link);
  const answer = await send(app, link);
  app.log.info('a link was tested and works');
  void window.showInformationMessage(successSentence(link, answer));
}

function send(app: App, link: ParsedUrl): Thenable<LinkAnswer> {
  const title = l10n.t('Testing the link to {0}', shownUri(link));
  return withTransferProgress({ title, totalBytes: undefined }, async ({ signal }) =>
    sendTest(link, { ...(await linkOptions(app)), signal }),
  );
}

function successSentence(link: ParsedUrl, { sizeBytes, contentType }: LinkAnswer): Shown {
  const end = endOf(link);
  if (sizeBytes === undefined || link.key === '')
    return l10n.t('The link to {0} works. It expires at {1}.', shownUri(link), end);
  const size = formatBytes(sizeBytes, env.language);
  if (contentType === undefined)
    return l10n.t('The link to {0} works: {1}. It expires at {2}.', shownUri(link), size, end);
  return l10n.t(
    'The link to {0} works: {1}, {2}. It expires at {3}.',
    shownUri(link),
    size,
    contentType,
    end,
  );
}

function endOf({ endsAt }: ParsedLink): string {
  return formatMoment(endsAt, { now: new Date(), locale: env.language });
}

async function sayWhatItTakes(app: App, link: ParsedLink): Promise<void> {
  const upload = l10n.t('Upload Through It...');
  const buttons = link.kind === 'form' || link.methods.includes('PUT') ? [upload] : [];
  const choice = await window.showInformationMessage(needSentence(link), ...buttons);
  if (choice === upload) await run(app, { id: commandIds.uploadToLink, body: () => uploadFile(app, link) });
}

/** Asks for the file, because the active editor may contain the text with the link. */
async function uploadFile(app: App, link: ParsedLink): Promise<void> {
  const source = await pickUploadFile();
  if (source !== undefined) await uploadReceived(app, { source, link });
}

function needSentence(link: ParsedLink): Shown {
  const [place, end] = [shownUri(link), endOf(link)];
  if (link.kind === 'form')
    return l10n.t(
      'This form for {0} uploads a file, so it was not tested. It accepts a POST with all its fields and then the file, until {1}.',
      place,
      end,
    );
  const method = link.methods.join(', ');
  if (link.signedHeaders.length === 0)
    return l10n.t(
      'This link to {0} changes data, so it was not tested. It accepts {1} without extra headers, until {2}.',
      place,
      method,
      end,
    );
  return l10n.t(
    'This link to {0} changes data, so it was not tested. It accepts {1} with these headers, until {2}: {3}.',
    place,
    method,
    end,
    nameList(link.signedHeaders),
  );
}
