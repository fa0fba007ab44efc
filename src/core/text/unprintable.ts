/**
 * Controls, line separators, marks that change the direction of the text around them, spaces without a width, and halves
 * of characters. In a terminal they act or hide what will run; on a screen they disguise a name as another one.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u{feff}\u{200b}]/gu;

/** Writes every unprintable character of a text in another way. */
export function replaceUnprintable(text: string, write: (character: string) => string): string {
  return text.replace(unprintable, write);
}

/** Whether a text holds unprintable characters beyond those that are allowed, as the line breaks of a format are. */
export function hasUnprintable(text: string, allowed = ''): boolean {
  const found = text.match(unprintable) ?? [];
  return found.some((character) => !allowed.includes(character));
}
