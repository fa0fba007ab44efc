import { env, Range, type Position, type TextDocument } from 'vscode';
import { formatDistance, formatMoment } from '../../core/text/format.js';
import { findLinkAt, looksPresigned } from '../../core/links/parse/findLink.js';
import type { ParsedLink } from '../../core/links/parse/parsedLink.js';
import { parseLink } from '../../core/links/parse/parseLink.js';
import { commandIds } from '../ids.js';
import { placeArgument, type DocumentPlace } from './linkPlace.js';
import { l10n } from '../messages/door.js';
import { makeHover, type ShownHover } from '../messages/hover.js';
import { joined, shown, type Shown } from '../messages/shown.js';

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
): ShownHover | undefined {
  const found = findLinkAt(document.lineAt(line).text, character);
  if (found === undefined || !looksPresigned(found.text)) return undefined;
  const link = parseLink(found.text, { endpoint });
  const range = new Range(line, found.start, line, found.end);
  return 'problem' in link ? undefined : describe(link, { uri: document.uri, range });
}

function describe(link: ParsedLink, place: DocumentPlace): ShownHover {
  const methods = link.kind === 'form' ? 'POST' : link.methods.join(', ');
  const key = link.key === '' ? l10n.t('none: the link is for the bucket itself') : shown(link.key);
  const argument = placeArgument(place);
  return makeHover(
    {
      title: l10n.t('Presigned URL'),
      lines: [
        joined([l10n.t('Bucket'), shown(link.bucket)], ': '),
        joined([l10n.t('Key'), key], ': '),
        joined([l10n.t('Method'), shown(methods)], ': '),
        joined([l10n.t('Expires'), endOf(link)], ': '),
      ],
      commands: [
        { id: commandIds.explainPresignedUrl, title: l10n.t('Explain'), argument },
        { id: commandIds.testLink, title: l10n.t('Test'), argument },
      ],
    },
    place.range,
  );
}

function endOf({ endsAt }: ParsedLink): Shown {
  const now = new Date();
  const locale = env.language;
  const seconds = Math.floor((endsAt.getTime() - now.getTime()) / 1000);
  const moment = formatMoment(endsAt, { now, locale });
  const distance = formatDistance(Math.abs(seconds), locale);
  return seconds < 0
    ? l10n.t('{0} (expired {1} ago)', moment, distance)
    : l10n.t('{0} (in {1})', moment, distance);
}
