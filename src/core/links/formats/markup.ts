import { keyName } from '../../storage/keys.js';
import { displayKey } from '../../text/unprintable.js';
import type { FormatInput } from './formatInput.js';
import { escapeHtml } from '../../text/quote.js';

/** A link with the object's name as its text, for Markdown. */
export function markdownLink({ link }: FormatInput): string {
  const text = nameOf(link.fileName ?? link.key).replace(/[\\`*_{}[\]<>&~$|:!#@"']/g, '\\$&');
  // A signed URL percent-encodes everything that ends a URL in Markdown; an endpoint's own path may not.
  const url = link.url.replace(/[()<>\s]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return `[${text}](${url})`;
}

/** The same for HTML. */
export function htmlLink({ link }: FormatInput): string {
  return `<a href="${escapeHtml(link.url)}">${escapeHtml(nameOf(link.fileName ?? link.key))}</a>`;
}

function nameOf(key: string): string {
  return displayKey(keyName(key)).trim() || displayKey(key).trim() || 'link';
}
