/** A URL in a text, with its position. The text of a presigned one is a secret. */
export interface FoundLink {
  readonly text: string;
  readonly start: number;
  /** After its last character. */
  readonly end: number;
}

/** Longer than any link: session tokens take about two kilobytes. */
const maxLinkLength = 8192;

/**
 * Source code writes `&` as `\u0026` and `/` as `\/`; every other backslash ends a URL, and so does the `](`
 * of a Markdown link whose text is one.
 */
const beginning = String.raw`https?:(?:\/|\\\/){2}`;
const character = String.raw`[^\s"'\x60<>\\\]]|\](?!\()|\\u0026|\\\/`;

/** An apostrophe ends a URL that follows one; in other URLs it belongs to a key that continues after it. */
const linkPattern = new RegExp(
  String.raw`(?<=')${beginning}(?:${character})+|${beginning}(?:${character}|'(?=[\w%]))+`,
  'gi',
);

const wholePattern = new RegExp(`^${beginning}(?:${character}|')+$`, 'i');

const signs = /(?:[?&;]|\\u0026)(?:x-amz-signature|x-amz-credential|signature)=/i;

/**
 * The URL at a column of a line, or undefined. In a long line, only the surroundings are searched. The URL
 * may or may not be presigned: see {@link looksPresigned}.
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

/** The presigned URLs in a text; only the beginning of a long text is searched. */
export function findLinks(text: string): readonly FoundLink[] {
  return matches(text.slice(0, 8 * maxLinkLength))
    .filter((found) => looksPresigned(found.text))
    .map(({ text: link, start }) => ({ text: link, start, end: start + link.length }));
}

/**
 * Whether a text is one URL and nothing else. Any apostrophe or parenthesis then belongs to it: the AWS SDK
 * for .NET leaves them in keys as they are.
 */
export function isWholeAddress(text: string): boolean {
  return text.length <= maxLinkLength && wholePattern.test(text);
}

/** Whether a URL has the parameters of an S3 signature. */
export function looksPresigned(address: string): boolean {
  return signs.test(address);
}

function matches(text: string): readonly { readonly text: string; readonly start: number }[] {
  return [...text.matchAll(linkPattern)].map(({ 0: found, index }) => ({
    text: trimEnd(found, text[index - 1] === '('),
    start: index,
  }));
}

/** Removes what belongs to the sentence or to the Markdown around a URL. */
function trimEnd(address: string, isInParentheses: boolean): string {
  // Without the lookbehind, the search would try every bracket of a run as its beginning.
  const end = address.search(/(?<![)\]}.,;:!?*])[)\]}.,;:!?*]+$/);
  const bare = end < 0 ? address : address.slice(0, end);
  return bare.slice(0, closingOf(bare, isInParentheses));
}

/**
 * Finds the parenthesis that ends the URL, as in `[name](https://...)`; undefined if there is none. If no
 * parenthesis precedes the URL, those in its path are part of the key.
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
