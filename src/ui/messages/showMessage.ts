import { env, l10n } from 'vscode';
import type { RetryNotice } from '../../core/async/retry.js';
import type { Message } from '../../core/failures/message.js';
import { displayKey } from '../../core/text/unprintable.js';
import { safeText, escapeLinks, type SafeText } from './safeText.js';

/** A sentence of `core` in the language of the editor. */
export function showMessage({ text, args = [] }: Message): SafeText {
  return escapeLinks(l10n.t(text, ...args.map(showArgument)));
}

function showArgument(arg: string | number | Date): string | number {
  if (arg instanceof Date) return formatDate(arg);
  return typeof arg === 'string' ? safeText(arg) : arg;
}

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

function formatDate(moment: Date): string {
  return moment.toLocaleString(env.language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Shown while a request waits to be sent again. */
export function retryMessage({ reason, attempt, attempts }: RetryNotice): Message {
  const args = [attempt, attempts];
  return reason === 'busy'
    ? { text: 'The server is busy, trying again ({0} of {1})...', args }
    : { text: 'The connection was dropped, trying again ({0} of {1})...', args };
}
