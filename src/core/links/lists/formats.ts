import { displayKey } from '../../text/unprintable.js';
import { formatS3Uri } from '../../storage/location.js';
import { formatJson } from '../../text/quote.js';
import type { Link } from '../sign.js';
import { relativeName, type ListContext, type ListFormat } from './format.js';
import { html } from './html.js';
import { script } from './script.js';

/** For lists with nothing before and after the links. */
const bare = { begin: () => '', end: () => '' } as const;

const lines: ListFormat = {
  label: 'Links, one per line',
  detail: 'Only the links.',
  extension: 'txt',
  ...bare,
  item: ({ url }) => `${url}\n`,
};

const markdown: ListFormat = {
  label: 'Markdown list',
  detail: 'A list of object names with links.',
  extension: 'md',
  ...bare,
  item: ({ key, url }, { about }) => `- [${escapeMarkdown(relativeName(key, about))}](<${url}>)\n`,
};

/**
 * Text that Markdown shows literally. Source: CommonMark, "Backslash escapes": any ASCII punctuation may be
 * escaped. Spaces at the ends of a line and entities would be lost.
 */
function escapeMarkdown(text: string): string {
  return displayKey(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/**
 * Comma-separated values by RFC 4180. Every field is quoted, and none begins with what a spreadsheet takes
 * for a formula, because the key follows `s3://`. CSV has no escapes, and a program that splits at every line
 * break would start a row after one in a key. The address is therefore escaped; the link has the exact key.
 */
const csv: ListFormat = {
  label: 'CSV',
  detail: 'A table of address, method, link and expiry.',
  extension: 'csv',
  begin: () => csvRow(['address', 'method', 'url', 'expires']),
  item: ({ bucket, key, method, url, expiresAt }) =>
    csvRow([displayKey(formatS3Uri({ bucket, key })), method, url, expiresAt.toISOString()]),
  end: () => '',
};

function csvRow(fields: readonly string[]): string {
  return `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`;
}

const json: ListFormat = {
  label: 'JSON',
  detail: 'An array with method, link, headers, bucket, key and expiry.',
  extension: 'json',
  begin: () => '[',
  item: ({ method, url, headers, bucket, key, expiresAt }, { index }) =>
    `${index === 0 ? '' : ','}\n  ${formatJson({ method, url, headers, bucket, key, expires: expiresAt })}`,
  end: () => '\n]\n',
};

/** The formats for many links. */
export const listFormats = { lines, markdown, csv, json, html, script } as const satisfies Record<
  string,
  ListFormat
>;

export type ListFormatId = keyof typeof listFormats;

/** Writes links as they arrive, one piece of text per batch. The text is as secret as the links. */
export async function* formatList(
  id: ListFormatId,
  batches: AsyncIterable<readonly Link[]>,
  about: ListContext,
): AsyncGenerator<string> {
  const format: ListFormat = listFormats[id];
  yield format.begin(about);
  let index = 0;
  for await (const links of batches) {
    const pieces = links.map((link, offset) => format.item(link, { about, index: index + offset }));
    index += links.length;
    yield pieces.join('');
  }
  yield format.end();
}
