/**
 * A text of at most `maxLength` UTF-16 units, with `…` for the omitted middle: the end of a name says as much as its
 * beginning.
 */
export function cutMiddle(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const half = maxLength / 2;
  return `${text.slice(0, half - 1).toWellFormed()}…${text.slice(-half).toWellFormed()}`;
}
