/** A request through a link, as it was sent. The URL is a secret. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** What was sent beside what every client sends. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}
