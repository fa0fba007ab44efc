import { orAborted } from './orAborted.js';

/** One prompt follows another, and rows are asked for again: who leaves and comes back within this time finds the work going on. */
const graceMs = 300;

/** Work for which several may wait. Each may leave; when the last one has left, it is called off. */
export class SharedWork<Result> {
  readonly #stop = new AbortController();
  readonly #result: Promise<Result>;
  #waiting = 0;
  #hasEnded = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: (stop: AbortSignal) => Promise<Result>) {
    this.#result = work(this.#stop.signal).finally(() => {
      this.#hasEnded = true;
      clearTimeout(this.#timer);
    });
    // Nobody may be waiting any more.
    this.#result.catch(() => undefined);
  }

  /** Whether it has ended or was called off. */
  get isOver(): boolean {
    return this.#hasEnded || this.#stop.signal.aborted;
  }

  /**
   * What comes of it. Who has no signal waits to the end.
   * @throws what the work throws; an AbortError as soon as the signal is aborted
   */
  async result(signal?: AbortSignal): Promise<Result> {
    this.#waiting += 1;
    clearTimeout(this.#timer);
    try {
      return await orAborted(this.#result, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.isOver) this.#stopSoon();
    }
  }

  #stopSoon(): void {
    this.#timer = setTimeout(() => {
      this.#stop.abort();
    }, graceMs);
  }
}
