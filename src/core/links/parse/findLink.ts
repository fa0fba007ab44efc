/** An address in a text, with where it stands. The text of a presigned one is a secret. */
export interface FoundLink {
  readonly text: string;
  readonly start: number;
  /** After its last character. */
  readonly end: number;
}

/** More than any link has: session tokens come to about two kilobytes. */
const maxLinkLength = 8192;

/**
 * Texts of programs write `&` as `\u0026` and `/` as `\/`; every other backslash ends an address, and so does the `](` of a
 * Markdown link whose text is one.
 */
const beginning = String.raw`https?:(?:\/|\\\/){2}`;
const character = String.raw`[^\s"'\x60<>\\\]]|\](?!\()|\\u0026|\\\/`;

/** An apostrophe ends an address that follows one; in others it belongs to a key that goes on after it. */
const linkPattern = new RegExp(
  String.raw`(?<=')${beginning}(?:${character})+|${beginning}(?:${character}|'(?=[\w%]))+`,
  'gi',
);

const wholePattern = new RegExp(`^${beginning}(?:${character}|')+$`, 'i');

const signs = /(?:[?&;]|\\u0026)(?:x-amz-signature|x-amz-credential|signature)=/i;

/**
 * The address that a column of a line is in, or undefined. Of a long line only the surroundings are looked at. Gives
 * presigned ones and others alike: see {@link looksPresigned}.
 */
export function findLinkAt(line: string, column: number): FoundLink | undefined {
  if (column < 0) return undefined;
  const from = Math.max(0, column - maxLinkLength);
  const part = line.slice(from, column + maxLinkLength);
  for (const { text, start } of matches(part)) {
    const found = { text, start: from + start, end: from + start + text.length };
    if (found.start <= column && column <= found.end) return found;
  }
  return undefined;
}

/** The presigned addresses in a text; of a long text in its beginning. */
export function findLinks(text: string): readonly FoundLink[] {
  return matches(text.slice(0, 8 * maxLinkLength))
    .filter((found) => looksPresigned(found.text))
    .map(({ text: link, start }) => ({ text: link, start, end: start + link.length }));
}

/**
 * Whether a text is one address and nothing else. Any apostrophe and parenthesis then belongs to it: the AWS SDK for .NET
 * leaves them in keys as they are.
 */
export function isWholeAddress(text: string): boolean {
  return text.length <= maxLinkLength && wholePattern.test(text);
}

/** Whether an address carries what S3's signatures are made of. */
export function looksPresigned(address: string): boolean {
  return signs.test(address);
}

function matches(text: string): readonly { readonly text: string; readonly start: number }[] {
  return [...text.matchAll(linkPattern)].map(({ 0: found, index }) => ({
    text: trimEnd(found, text[index - 1] === '('),
    start: index,
  }));
}

/** What belongs to the sentence or to the Markdown around an address. */
function trimEnd(address: string, isInParentheses: boolean): string {
  // Without looking back every bracket of a run would be a beginning.
  const end = address.search(/(?<![)\]}.,;:!?*])[)\]}.,;:!?*]+$/);
  const bare = end < 0 ? address : address.slice(0, end);
  return bare.slice(0, closingOf(bare, isInParentheses));
}

/**
 * Finds the parenthesis that ends the address, as in `[name](https://...)`; undefined if there is none. If no parenthesis
 * stands before the address, those in its path are part of the key.
 */
function closingOf(address: string, isInParentheses: boolean): number | undefined {
  const from = isInParentheses ? 0 : address.indexOf('?');
  let open = 0;
  for (const { 0: character, index } of address.matchAll(/[()]/g)) {
    if (character === '(') open += 1;
    else if (open > 0) open -= 1;
    else if (index >= from) return index;
  }
  return undefined;
}
