import { displayKey } from '../../text/unprintable.js';
import { bare, relativeName, type ListFormat } from './format.js';

export const markdown: ListFormat = {
  label: 'Markdown List',
  detail: 'A list of names that are links.',
  extension: 'md',
  ...bare,
  item: ({ key, url }, { about }) => `- [${escapeText(relativeName(key, about))}](<${url}>)\n`,
};

/**
 * Text that stands for itself. Source: CommonMark, "Backslash escapes": any ASCII punctuation may be escaped. Spaces at
 * the ends of a line and entities would be lost.
 */
function escapeText(text: string): string {
  return displayKey(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
