import { cutMiddle } from '../../core/text/cutMiddle.js';
import { displayKey } from '../../core/text/unprintable.js';

declare const isSafeText: unique symbol;

/**
 * Text that VS Code may render as it is: nothing foreign in it becomes a link, an icon or a separate line.
 */
export type SafeText = string & { readonly [isSafeText]: true };

/** Longer than any address of an object: a bucket's ARN and a key of 1024 bytes, each written as `\u{7f}`. */
const maxLength = 7000;
/** A question has room for two such keys and for what is sent with the file. */
const maxJoinedLength = 30_000;

/** Any text, foreign or not. Text that is already escaped does not change. */
export function safeText(text: string): SafeText {
  const ends = text.length > 2 * maxLength ? text.slice(0, maxLength) + text.slice(-maxLength) : text;
  return escapeLinks(cutMiddle(displayKey(ends), maxLength));
}

/** Joins sentences, facts or lines. */
export function joinText(parts: readonly SafeText[], separator: ' ' | ', ' | ': ' | '/' | '\n'): SafeText {
  return escapeLinks(cut(parts.join(separator), maxJoinedLength));
}

/** Puts an icon of VS Code before a text, where VS Code renders icons. Apply it last. */
export function withIcon(
  icon: 'error' | 'key' | 'link' | 'circle-slash' | 'edit' | 'warning' | 'watch',
  text: SafeText,
): SafeText {
  return `$(${icon}) ${text}` as SafeText;
}

/**
 * VS Code turns `[text](scheme:target)` into a link that runs a command when clicked, and `$(name)` into an
 * icon. An invisible word joiner keeps the brackets apart; escape characters would be visible wherever VS
 * Code does not interpret them. Call this on the whole text, since a link may be split across two arguments.
 * Brackets without a scheme stay unchanged, because users copy the word joiner with the message. Source:
 * linkedText.ts in VS Code.
 */
export function escapeLinks(text: string): SafeText {
  return text.replace(/\](?=\([a-z][a-z\d+.-]*:)|\$(?=\([a-z\d-]+(?:~[a-z]+)?\))/gi, '$&\u2060') as SafeText;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).toWellFormed()}…` : text;
}
