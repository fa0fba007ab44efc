import type { Link } from '../sign.js';
import { csv } from './csv.js';
import type { ListAbout, ListFormat } from './format.js';
import { html } from './html.js';
import { json } from './json.js';
import { lines } from './lines.js';
import { markdown } from './markdown.js';
import { script } from './script.js';

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
