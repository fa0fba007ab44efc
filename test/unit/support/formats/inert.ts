import assert from 'node:assert/strict';
import type { FormatResult } from '../../../../src/core/links/formats/formats.js';
import { terminalNames } from '../terminalNames.js';

/** Characters that act on a terminal, or that hide what will run. */
export const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** Texts with such characters in every position, some of them alone, and with other special characters. */
export const hostileNames: readonly string[] = [
  ...terminalNames,
  'ends in a line break\n',
  '\u0003ends in line breaks\n\n',
  'c1 \u0085 \u009b',
  ...['\n', '\r', '\u001b', '\u0003', '\u007f', '\u0085', '\u2028', '\u202e'].map(
    (character) => `a${character}b`,
  ),
];

/** The line breaks and tabs of a text; the text for a harmless name shows those of the format itself. */
function layoutOf(text: string): string {
  return text.replace(/[^\n\t\r]/g, '');
}

/** Asserts that a text has no such characters apart from the layout of its format, which `plain` shows. */
export function assertInert(
  text: string,
  { plain, what }: { readonly plain: FormatResult; readonly what: string },
): void {
  assert.ok('text' in plain);
  // The failure leaves out the text, which holds a link.
  assert.equal(hidden.test(text.replace(/[\n\t]/g, '')), false, what);
  assert.equal(layoutOf(text) === layoutOf(plain.text), true, `${what}: line breaks or tabs`);
}
