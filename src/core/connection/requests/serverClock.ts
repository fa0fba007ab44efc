/** Differences below this are the network's and the second's. */
const toleratedMs = 60_000;

/** The time as S3 has it, learnt from the Date header of its answers: S3 refuses what is signed with a clock that is off. */
export class ServerClock {
  #offsetMs = 0;
  #isKnown = false;

  constructor(
    /** This machine's clock. */
    private readonly local: () => Date,
    /** Told when a difference of more than a minute was learnt, or has gone. Positive: S3's clock is ahead. */
    private readonly onChange: (offsetMs: number) => void,
  ) {}

  /** What has to be added to this machine's time, in milliseconds; 0 where they agree within a minute. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Whether an answer has told the server's time. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  now(): Date {
    return new Date(this.local().getTime() + this.#offsetMs);
  }

  /** Takes in an answer's Date header. An answer that took long says too little. */
  learn(dateHeader: string | undefined, sentAt: Date): void {
    const server = Date.parse(dateHeader ?? '');
    const received = this.local().getTime();
    if (Number.isNaN(server) || received - sentAt.getTime() > toleratedMs / 2) return;
    this.#isKnown = true;
    const offset = server - (sentAt.getTime() + received) / 2;
    const learnt = Math.abs(offset) > toleratedMs ? Math.round(offset) : 0;
    // Answers differ by fractions of a second; what was learnt stays unless it is really another difference.
    if (Math.abs(learnt - this.#offsetMs) < 2000) return;
    this.#offsetMs = learnt;
    this.onChange(learnt);
  }

  localNow(): Date {
    return this.local();
  }
}
