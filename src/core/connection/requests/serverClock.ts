/** Differences below this are the network's and the second's. */
export const toleratedMs = 60_000;
/** Two clocks of one machine drift apart by less than this between two answers, unless one of them was set. */
const jumpMs = 5000;

/** S3 is no older, and the time in a signature has four digits for the year. */
const [earliestMs, latestMs] = [Date.UTC(2006), Date.UTC(2100)];

export interface ServerClockOptions {
  /** This machine's clock. */
  readonly local: () => Date;
  /** Milliseconds by a clock that nobody sets. */
  readonly steadyMs?: (() => number) | undefined;
  /** Told when a difference of more than a minute was learnt, or has gone. Positive: S3's clock is ahead. */
  readonly onChange: (offsetMs: number) => void;
}

/** The time as S3 has it, learnt from the Date header of its answers: S3 refuses what is signed with a clock that is off. */
export class ServerClock {
  #offsetMs = 0;
  #isTold = false;
  /** By how much this machine's clock was ahead of the steady one at the last answer. */
  #gapMs: number | undefined;

  constructor(private readonly options: ServerClockOptions) {}

  /** What has to be added to this machine's time, in milliseconds; 0 where they agree within a minute. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Whether an answer has told the server's time. */
  get isKnown(): boolean {
    return this.#isTold && this.isCurrent();
  }

  /** Whether there was an answer since this machine's clock was last set, and since the machine last slept. */
  isCurrent(): boolean {
    return this.#gapMs !== undefined && Math.abs(this.#gap() - this.#gapMs) < jumpMs;
  }

  now(): Date {
    return new Date(this.options.local().getTime() + this.#offsetMs);
  }

  /** Takes in an answer's Date header. An answer that took long says too little. */
  learn(dateHeader: string | undefined, sentAt: Date): void {
    this.#gapMs = this.#gap();
    const server = Date.parse(dateHeader ?? '');
    const received = this.options.local().getTime();
    const isPlausible = server >= earliestMs && server < latestMs;
    if (!isPlausible || received - sentAt.getTime() > toleratedMs / 2) return;
    this.#isTold = true;
    const offset = server - (sentAt.getTime() + received) / 2;
    const learnt = Math.abs(offset) > toleratedMs ? Math.round(offset) : 0;
    // Answers differ by fractions of a second; what was learnt stays unless it is really another difference.
    if (Math.abs(learnt - this.#offsetMs) >= 2000) this.#set(learnt);
  }

  /** Takes this machine's time for the server's, until an answer tells otherwise. */
  forget(): void {
    this.#isTold = false;
    if (this.#offsetMs !== 0) this.#set(0);
  }

  #set(offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.options.onChange(offsetMs);
  }

  #gap(): number {
    const { local, steadyMs = () => performance.now() } = this.options;
    return local().getTime() - steadyMs();
  }
}
