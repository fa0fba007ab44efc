import { cutMiddle } from '../../core/text/cutMiddle.js';
import { displayKey } from '../../core/text/unprintable.js';

declare const isShown: unique symbol;

/** Text that VS Code may render as it is: nothing foreign in it becomes a link, an icon or a line of its own. */
export type Shown = string & { readonly [isShown]: true };

/** More than any address of an object has: a bucket's ARN and a key of 1024 bytes, each of them written as `\u{7f}`. */
const maxLength = 7000;
/** A question has room for two such keys and for what is sent with the file. */
const maxJoinedLength = 30_000;

/** Any text, foreign or not. What is already shown stays as it is. */
export function shown(text: string): Shown {
  const ends = text.length > 2 * maxLength ? text.slice(0, maxLength) + text.slice(-maxLength) : text;
  return unlinked(cutMiddle(displayKey(ends), maxLength));
}

/** Sentences, facts or lines one after the other. */
export function joined(parts: readonly Shown[], separator: ' ' | ', ' | ': ' | '/' | '\n'): Shown {
  return unlinked(cut(parts.join(separator), maxJoinedLength));
}

/** An icon of VS Code before a text, where text is drawn with icons. To be put around everything else. */
export function withIcon(
  icon: 'error' | 'key' | 'link' | 'circle-slash' | 'edit' | 'warning' | 'watch',
  text: Shown,
): Shown {
  return `$(${icon}) ${text}` as Shown;
}

/**
 * VS Code makes a link of `[text](scheme:target)`, whose click runs a command, and an icon of `$(name)`. A word joiner,
 * which cannot be seen, keeps the brackets apart; escaping marks would be seen wherever VS Code does not read them. To
 * be called on the whole, since a link may be split over two arguments. Brackets without a scheme are left, because the
 * word joiner is in what a person copies from a message. Source: linkedText.ts in VS Code.
 */
export function unlinked(text: string): Shown {
  return text.replace(/\](?=\([a-z][a-z\d+.-]*:)|\$(?=\([a-z\d-]+(?:~[a-z]+)?\))/gi, '$&\u2060') as Shown;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).toWellFormed()}…` : text;
}
