/** Smaller differences come from network delay and from rounding to whole seconds. */
export const toleranceMs = 60_000;
/** Two clocks of one machine drift apart by less than this between two responses, unless one of them was set. */
const jumpMs = 5000;

/** S3 is not older than this, and the year in a signature has four digits. */
const [earliestMs, latestMs] = [Date.UTC(2006), Date.UTC(2100)];

export interface ServerClockOptions {
  /** This machine's clock. */
  readonly local: () => Date;
  /** Milliseconds of a monotonic clock. */
  readonly monotonicMs?: (() => number) | undefined;
  /** Called when a difference of more than a minute is found or disappears. Positive: S3's clock is ahead. */
  readonly onChange: (offsetMs: number) => void;
}

/** S3's time, learned from the Date header of its responses: S3 refuses requests that are signed with a wrong clock. */
export class ServerClock {
  #offsetMs = 0;
  #isLearned = false;
  /** How far this machine's clock was ahead of the monotonic one at the last response. */
  #gapMs: number | undefined;

  constructor(private readonly options: ServerClockOptions) {}

  /** Milliseconds to add to this machine's time; 0 if the clocks agree within a minute. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Whether a response has given the server's time. */
  get isKnown(): boolean {
    return this.#isLearned && this.isCurrent();
  }

  /** Whether there was a response since this machine's clock was last set, and since the machine last slept. */
  isCurrent(): boolean {
    return this.#gapMs !== undefined && Math.abs(this.#gap() - this.#gapMs) < jumpMs;
  }

  now(): Date {
    return new Date(this.options.local().getTime() + this.#offsetMs);
  }

  /** Learns from the Date header of a response. A slow response is too imprecise. */
  learn(dateHeader: string | undefined, sentAt: Date): void {
    this.#gapMs = this.#gap();
    const server = Date.parse(dateHeader ?? '');
    const received = this.options.local().getTime();
    const isPlausible = server >= earliestMs && server < latestMs;
    if (!isPlausible || received - sentAt.getTime() > toleranceMs / 2) return;
    this.#isLearned = true;
    const offset = server - (sentAt.getTime() + received) / 2;
    const learnt = Math.abs(offset) > toleranceMs ? Math.round(offset) : 0;
    // Responses differ by fractions of a second; the known offset stays unless the difference has really changed.
    if (Math.abs(learnt - this.#offsetMs) >= 2000) this.#set(learnt);
  }

  /** Uses this machine's time until a response gives the server's. */
  forget(): void {
    this.#isLearned = false;
    if (this.#offsetMs !== 0) this.#set(0);
  }

  #set(offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.options.onChange(offsetMs);
  }

  #gap(): number {
    const { local, monotonicMs = () => performance.now() } = this.options;
    return local().getTime() - monotonicMs();
  }
}
