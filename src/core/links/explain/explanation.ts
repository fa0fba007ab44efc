import type { Message } from '../../failures/message.js';

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
