import { orAborted } from './orAborted.js';

/** Prompts follow one another and rows reload: a caller that returns within this time finds the work still running. */
const graceMs = 300;

/** Work that several callers can wait for. Each may stop waiting; when the last one does, the work is cancelled. */
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
    // Without this, a failure after the last caller left would be an unhandled rejection.
    this.#result.catch(() => undefined);
  }

  /** Whether it has finished or was cancelled. */
  get isOver(): boolean {
    return this.#hasEnded || this.#stop.signal.aborted;
  }

  /**
   * The result. Callers without a signal wait until the end.
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
