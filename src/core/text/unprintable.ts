/**
 * Control characters, line separators, marks that change text direction, zero-width spaces and lone surrogates. In a
 * terminal they take effect or hide what will run; on screen they disguise one name as another.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u{feff}\u{200b}]/gu;

/** Replaces every unprintable character of a text. */
export function replaceUnprintable(text: string, write: (character: string) => string): string {
  return text.replace(unprintable, write);
}

/** A key or other text for display: characters that are invisible, or disguise others, appear as `\u{202e}`. */
export function displayKey(key: string): string {
  return replaceUnprintable(key, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Whether a text contains unprintable characters other than the allowed ones, such as a format's line breaks. */
export function hasUnprintable(text: string, allowed = ''): boolean {
  const found = text.match(unprintable) ?? [];
  return found.some((character) => !allowed.includes(character));
}
