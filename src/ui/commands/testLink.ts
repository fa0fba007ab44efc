import { commands, env, l10n, window } from 'vscode';
import { formatMoment } from '../../core/format.js';
import { formatBytes } from '../../core/formatEntry.js';
import type { ParsedLink, ParsedUrl } from '../../core/links/explain/parsedLink.js';
import { parseLink } from '../../core/links/explain/parseLink.js';
import { isTestable, testLink, type LinkAnswer } from '../../core/transfer/testLink.js';
import type { App } from '../app.js';
import { shownUri } from '../links/deliverLink.js';
import { pickLink } from '../editor/linkSource.js';
import { inMessage } from '../messages/foreignText.js';
import { commandIds } from '../ids.js';
import { withTransferProgress } from '../transfer/progress.js';
import { allowLink } from '../prompts/clearText.js';
import { timeLimits } from '../settings.js';

/** Tries a link that reads, by its first byte. Of every other it only says what it would take. */
export async function testPresignedUrl(app: App, args: readonly unknown[]): Promise<void> {
  const link = await pickLink(l10n.t('Test Link'), args);
  if (link === undefined) return;
  if (link.kind === 'form' || !isTestable(link)) {
    void sayWhatItTakes(link);
    return;
  }
  await allowLink(app.memory, link);
  const answer = await send(app, link);
  app.log.info('a link was tested and works');
  void window.showInformationMessage(successSentence(link, answer));
}

function send(app: App, link: ParsedUrl): Thenable<LinkAnswer> {
  const title = l10n.t('Testing the link to {0}', shownUri(link));
  const userAgent = `signpost/${app.version}`;
  return withTransferProgress({ title, totalBytes: undefined }, ({ signal }) =>
    testLink(link, { signal, timeLimits: timeLimits(), userAgent }),
  );
}

function successSentence(link: ParsedUrl, { sizeBytes, contentType }: LinkAnswer): string {
  const end = endOf(link);
  if (sizeBytes === undefined || link.key === '')
    return l10n.t('The link to {0} works. It ends {1}.', shownUri(link), end);
  const size = formatBytes(sizeBytes, env.language);
  if (contentType === undefined)
    return l10n.t('The link to {0} works: {1}. It ends {2}.', shownUri(link), size, end);
  return l10n.t(
    'The link to {0} works: {1}, {2}. It ends {3}.',
    shownUri(link),
    size,
    inMessage(contentType),
    end,
  );
}

function endOf({ endsAt }: ParsedLink): string {
  return formatMoment(endsAt, { now: new Date(), locale: env.language });
}

async function sayWhatItTakes(link: ParsedLink): Promise<void> {
  const upload = l10n.t('Upload Through It...');
  const buttons = (await canUpload(link)) ? [upload] : [];
  const choice = await window.showInformationMessage(needSentence(link), ...buttons);
  if (choice === upload) await commands.executeCommand(commandIds.uploadToLink);
}

/** Uploads take the link from the clipboard, where another one may be. */
async function canUpload(link: ParsedLink): Promise<boolean> {
  if (link.kind === 'url' && !link.methods.includes('PUT')) return false;
  const copied = parseLink(await env.clipboard.readText());
  return !('problem' in copied) && copied.url === link.url;
}

function needSentence(link: ParsedLink): string {
  const [place, end] = [shownUri(link), endOf(link)];
  if (link.kind === 'form')
    return l10n.t(
      'Only an upload would test this form for {0}, so nothing was sent. It takes a POST with all its fields and then the file, until {1}.',
      place,
      end,
    );
  const method = link.methods.join(', ');
  if (link.signedHeaders.length === 0)
    return l10n.t(
      'Only using it would test this link to {0}, so nothing was sent. It takes {1} without headers of its own, until {2}.',
      place,
      method,
      end,
    );
  return l10n.t(
    'Only using it would test this link to {0}, so nothing was sent. It takes {1} with these headers, until {2}: {3}.',
    place,
    method,
    end,
    inMessage(link.signedHeaders.join(', ')),
  );
}
