import { env, Hover, l10n, MarkdownString, Range, type Position, type TextDocument } from 'vscode';
import { formatDistance, formatMoment } from '../../core/format.js';
import { findLinkAt, looksPresigned } from '../../core/links/explain/findLink.js';
import type { ParsedLink } from '../../core/links/explain/parsedLink.js';
import { parseLink } from '../../core/links/explain/parseLink.js';
import { displayKey } from '../../core/storage/keys.js';
import { commandIds, type CommandId } from '../ids.js';
import { placeArgument, type DocumentPlace } from './linkPlace.js';

/** What the link there is, until when it works, and two commands about it; undefined where no presigned URL is. */
export function describeLinkAt(
  document: TextDocument,
  {
    position: { line, character },
    endpoint,
  }: { readonly position: Pick<Position, 'line' | 'character'>; readonly endpoint: string | undefined },
): Hover | undefined {
  const found = findLinkAt(document.lineAt(line).text, character);
  if (found === undefined || !looksPresigned(found.text)) return undefined;
  const link = parseLink(found.text, { endpoint });
  const range = new Range(line, found.start, line, found.end);
  return 'problem' in link ? undefined : new Hover(describe(link, { uri: document.uri, range }), range);
}

function describe(link: ParsedLink, place: DocumentPlace): MarkdownString {
  const markdown = new MarkdownString();
  // Keys are foreign text: only these two commands may be linked, and everything else is escaped.
  markdown.isTrusted = { enabledCommands: [commandIds.explainLink, commandIds.testLink] };
  const methods = link.kind === 'form' ? 'POST' : link.methods.join(', ');
  const key = link.key === '' ? l10n.t('none: the link is about the bucket itself') : displayKey(link.key);
  markdown.appendMarkdown('**').appendText(l10n.t('Presigned URL')).appendMarkdown('**\n\n');
  for (const [label, value] of [
    [l10n.t('Bucket'), displayKey(link.bucket)],
    [l10n.t('Key'), key],
    [l10n.t('Method'), methods],
    [l10n.t('End'), endOf(link)],
  ] as const) {
    markdown.appendText(`${label}: ${value}`).appendMarkdown('  \n');
  }
  const explain = commandLink(commandIds.explainLink, { title: l10n.t('Explain'), place });
  const test = commandLink(commandIds.testLink, { title: l10n.t('Test'), place });
  return markdown.appendMarkdown(`\n${explain} | ${test}`);
}

function endOf({ endsAt }: ParsedLink): string {
  const now = new Date();
  const locale = env.language;
  const seconds = Math.floor((endsAt.getTime() - now.getTime()) / 1000);
  const moment = formatMoment(endsAt, { now, locale });
  const distance = formatDistance(Math.abs(seconds), locale);
  return seconds < 0
    ? l10n.t('{0}: it ended {1} ago', moment, distance)
    : l10n.t('{0}: in {1}', moment, distance);
}

function commandLink(
  id: CommandId,
  { title, place }: { readonly title: string; readonly place: DocumentPlace },
): string {
  return `[${title}](command:${id}?${encodeURIComponent(JSON.stringify([placeArgument(place)]))})`;
}
