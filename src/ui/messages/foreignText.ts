import { displayKey } from '../../core/storage/keys.js';

/** Foreign text in a message: VS Code makes a link of `[text](target)`, and a click runs it when it names a command. */
export function inMessage(text: string): string {
  return displayKey(text).replaceAll('](', ']\\u{28}');
}

/** Foreign text in a list to choose from: VS Code draws an icon for `$(name)` unless it is escaped. */
export function inLabel(text: string): string {
  return displayKey(text).replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&');
}
