import type { Message } from '../../failures/message.js';
import { isSecretName } from '../parse/secretNames.js';

/** What is known of a link, for a page that people read. Holds no signature, no token and no policy. */
export interface LinkExplanation {
  readonly title: Message;
  readonly facts: readonly Fact[];
  /** What a form is held to, one sentence for each condition; empty for a URL. */
  readonly conditions: readonly Message[];
  readonly warnings: readonly Message[];
}

export interface Fact {
  readonly label: string;
  readonly value: Message;
}

export interface ExplainOptions {
  readonly now: Date;
  /** For durations and numbers, as `en`. */
  readonly locale: string;
}

/**
 * What may be told of a value that a link or a form gives a name: not a token or the key of a customer (SSE-C), which
 * unlock something, nor the query of an address or of a source to copy from, which may unlock something else.
 */
export function shownValue(name: string, value: string): string {
  if (isSecretName(name)) return '...';
  const unlocks =
    /^https?:/i.test(value) ||
    /[?&](?:x-amz-)?(?:signature|credential|security-token|s3session-token)=/i.test(value);
  return unlocks ? value.replace(/\?.*$/s, '?...') : value;
}
