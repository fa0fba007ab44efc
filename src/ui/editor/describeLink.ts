import { env, Range, type Position, type TextDocument } from 'vscode';
import { formatDistance, formatMoment } from '../../core/text/format.js';
import { findLinkAt, looksPresigned } from '../../core/links/parse/findLink.js';
import type { ParsedLink } from '../../core/links/parse/parsedLink.js';
import { parseLink } from '../../core/links/parse/parseLink.js';
import { commandIds } from '../ids.js';
import { placeArgument, type DocumentPlace } from './linkPlace.js';
import { l10n } from '../messages/safeVscode.js';
import { makeHover, type SafeHover } from '../messages/hover.js';
import { joinText, safeText, type SafeText } from '../messages/safeText.js';

/**
 * Describes the link at a position: what it is, when it expires, and two commands. Undefined if there is no
 * presigned URL.
 */
export function describeLinkAt(
  document: TextDocument,
  {
    position: { line, character },
    endpoint,
  }: { readonly position: Pick<Position, 'line' | 'character'>; readonly endpoint: string | undefined },
): SafeHover | undefined {
  const found = findLinkAt(document.lineAt(line).text, character);
  if (found === undefined || !looksPresigned(found.text)) return undefined;
  const link = parseLink(found.text, { endpoint });
  const range = new Range(line, found.start, line, found.end);
  return 'problem' in link ? undefined : describe(link, { uri: document.uri, range });
}

function describe(link: ParsedLink, place: DocumentPlace): SafeHover {
  const methods = link.kind === 'form' ? 'POST' : link.methods.join(', ');
  const key = link.key === '' ? l10n.t('none: the link is for the bucket itself') : safeText(link.key);
  const argument = placeArgument(place);
  return makeHover(
    {
      title: l10n.t('Presigned URL'),
      lines: [
        joinText([l10n.t('Bucket'), safeText(link.bucket)], ': '),
        joinText([l10n.t('Key'), key], ': '),
        joinText([l10n.t('Method'), safeText(methods)], ': '),
        joinText([l10n.t('Expires'), describeExpiry(link)], ': '),
      ],
      commands: [
        { id: commandIds.explainPresignedUrl, title: l10n.t('Explain'), argument },
        { id: commandIds.testLink, title: l10n.t('Test'), argument },
      ],
    },
    place.range,
  );
}

function describeExpiry({ expiresAt }: ParsedLink): SafeText {
  const now = new Date();
  const locale = env.language;
  const seconds = Math.floor((expiresAt.getTime() - now.getTime()) / 1000);
  const moment = formatMoment(expiresAt, { now, locale });
  const distance = formatDistance(Math.abs(seconds), locale);
  return seconds < 0
    ? l10n.t('{0} (expired {1} ago)', moment, distance)
    : l10n.t('{0} (in {1})', moment, distance);
}
