import { l10n } from 'vscode';
import type { Message } from '../../core/failures/message.js';
import { displayKey } from '../../core/text/unprintable.js';
import { formatDate } from './showMessage.js';

/** A sentence of `core` for a page or a program, where nothing becomes a link or an icon. */
export function plainMessage({ text, args = [] }: Message, writeDate = formatDate): string {
  return l10n.t(
    text,
    ...args.map((arg) => {
      if (arg instanceof Date) return writeDate(arg);
      return typeof arg === 'string' ? displayKey(arg) : arg;
    }),
  );
}
