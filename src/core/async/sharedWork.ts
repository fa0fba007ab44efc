import { abortable } from './abortable.js';

/** Prompts follow one another and rows reload: a caller that returns within this time finds the work still running. */
const graceMs = 300;

/** Work that several callers can wait for. Each may stop waiting; when the last one does, the work is cancelled. */
export class SharedWork<Result> {
  readonly #stop = new AbortController();
  readonly #result: Promise<Result>;
  #waiterCount = 0;
  #isSettled = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: (stop: AbortSignal) => Promise<Result>) {
    this.#result = work(this.#stop.signal).finally(() => {
      this.#isSettled = true;
      clearTimeout(this.#timer);
    });
    // Without this, a failure after the last caller left would be an unhandled rejection.
    this.#result.catch(() => undefined);
  }

  /** Whether it has finished or was cancelled. */
  get isDone(): boolean {
    return this.#isSettled || this.#stop.signal.aborted;
  }

  /**
   * The result. Callers without a signal wait until the end.
   * @throws what the work throws; an AbortError as soon as the signal is aborted
   */
  async result(signal?: AbortSignal): Promise<Result> {
    this.#waiterCount += 1;
    clearTimeout(this.#timer);
    try {
      return await abortable(this.#result, signal);
    } finally {
      this.#waiterCount -= 1;
      if (this.#waiterCount === 0 && !this.isDone) this.#abortSoon();
    }
  }

  #abortSoon(): void {
    this.#timer = setTimeout(() => {
      this.#stop.abort();
    }, graceMs);
  }
}
