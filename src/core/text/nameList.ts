const maxNames = 8;
const maxNameLength = 120;

/**
 * Names from a link or a server as text that fits into a sentence: `a, b, ... (+7)`. Long names are shortened. It
 * contains no words, because it becomes part of a sentence in any language.
 */
export function nameList(names: readonly string[]): string {
  const shown = names
    .slice(0, maxNames)
    .map((name) =>
      name.length <= maxNameLength ? name : `${name.slice(0, maxNameLength - 3).toWellFormed()}...`,
    )
    .join(', ');
  return names.length <= maxNames ? shown : `${shown}, ... (+${names.length - maxNames})`;
}
