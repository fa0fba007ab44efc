/**
 * Controls, line separators, marks that change the direction of the text around them, spaces without a width, and halves
 * of characters. In a terminal they act or hide what will run; on a screen they disguise a name as another one.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u{feff}\u{200b}]/gu;

/** Writes every unprintable character of a text in another way. */
export function replaceUnprintable(text: string, write: (character: string) => string): string {
  return text.replace(unprintable, write);
}

/** A key or other text as it may be shown: characters that cannot be seen, or that disguise others, appear as `\u{202e}`. */
export function displayKey(key: string): string {
  return replaceUnprintable(key, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Whether a text holds unprintable characters beyond those that are allowed, as the line breaks of a format are. */
export function hasUnprintable(text: string, allowed = ''): boolean {
  const found = text.match(unprintable) ?? [];
  return found.some((character) => !allowed.includes(character));
}
