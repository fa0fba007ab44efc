import type { Message } from '../../failures/message.js';
import { hasSignedQuery, isSecretName } from '../parse/secretNames.js';

/** What is known about a link, for people to read. Contains no signature, no token and no policy. */
export interface LinkExplanation {
  readonly title: Message;
  readonly facts: readonly Fact[];
  /** The conditions of a form, one sentence each; empty for a URL. */
  readonly conditions: readonly Message[];
  readonly warnings: readonly Message[];
}

export interface Fact {
  readonly label: string;
  readonly value: Message;
}

export interface ExplainOptions {
  readonly now: Date;
  /** For durations and numbers, such as `en`. */
  readonly locale: string;
}

/**
 * The part of a value that may be shown: not a token or a customer's key (SSE-C), which unlock something, nor
 * the query of a URL or of a copy source, which may unlock something else.
 */
export function displayValue(name: string, value: string): string {
  if (isSecretName(name)) return '...';
  const unlocks = /^https?:/i.test(value) || hasSignedQuery(value);
  return unlocks ? value.replace(/\?.*$/s, '?...') : value;
}
