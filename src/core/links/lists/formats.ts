import { displayKey } from '../../text/unprintable.js';
import { formatS3Uri } from '../../storage/location.js';
import { formatJson } from '../../text/quote.js';
import type { Link } from '../sign.js';
import { relativeName, type ListAbout, type ListFormat } from './format.js';
import { html } from './html.js';
import { script } from './script.js';

/** What stands before and after the links of a list that needs neither. */
const bare = { begin: () => '', end: () => '' } as const;

const lines: ListFormat = {
  label: 'Links, One per Line',
  detail: 'Only the links.',
  extension: 'txt',
  ...bare,
  item: ({ url }) => `${url}\n`,
};

const markdown: ListFormat = {
  label: 'Markdown List',
  detail: 'A list of object names with links.',
  extension: 'md',
  ...bare,
  item: ({ key, url }, { about }) => `- [${escapeMarkdown(relativeName(key, about))}](<${url}>)\n`,
};

/**
 * Text that stands for itself. Source: CommonMark, "Backslash escapes": any ASCII punctuation may be escaped. Spaces at
 * the ends of a line and entities would be lost.
 */
function escapeMarkdown(text: string): string {
  return displayKey(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/**
 * Comma-separated values as RFC 4180 has them. Every field is quoted, and none begins with what a spreadsheet takes for
 * a formula: the key stands behind `s3://`. CSV has no escapes, and a program that splits at every line break would begin
 * a row with what follows one in a key, so the address is as it is shown; the link has the exact key.
 */
const csv: ListFormat = {
  label: 'CSV',
  detail: 'A table of address, method, link and expiry.',
  extension: 'csv',
  begin: () => csvRow(['address', 'method', 'url', 'expires']),
  item: ({ bucket, key, method, url, endsAt }) =>
    csvRow([displayKey(formatS3Uri({ bucket, key })), method, url, endsAt.toISOString()]),
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
  item: ({ method, url, headers, bucket, key, endsAt }, { index }) =>
    `${index === 0 ? '' : ','}\n  ${formatJson({ method, url, headers, bucket, key, expires: endsAt })}`,
  end: () => '\n]\n',
};

/** The ways in which many links are written. */
export const listFormats = { lines, markdown, csv, json, html, script } as const satisfies Record<
  string,
  ListFormat
>;

export type ListFormatId = keyof typeof listFormats;

/** Writes links as they come, one piece of text for each batch. What it gives is secret like the links. */
export async function* formatList(
  id: ListFormatId,
  batches: AsyncIterable<readonly Link[]>,
  about: ListAbout,
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
