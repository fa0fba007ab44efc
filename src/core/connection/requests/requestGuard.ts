import { Readable } from 'node:stream';
import { ConnectTimeoutError, SilentServerError, type TimeLimits } from './limits.js';
import type { SocketListener } from './socketWatch.js';

/** Watches over one request until the end of its answer: ends it when it takes too long, or when it is called off. */
export class RequestGuard implements SocketListener {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #connectBy: number | undefined;
  #failure: Error | undefined;
  #end: () => void;

  constructor(
    private readonly limits: TimeLimits,
    /** Whoever asked; and what to do when the request is over. */
    { caller, onEnd }: { readonly caller: AbortSignal | undefined; readonly onEnd: () => void },
  ) {
    const callOff = () => {
      this.abort();
    };
    caller?.addEventListener('abort', callOff, { once: true });
    this.#end = () => {
      this.#end = () => undefined;
      clearTimeout(this.#timer);
      caller?.removeEventListener('abort', callOff);
      onEnd();
    };
    if (caller?.aborted === true) this.#controller.abort();
    // Counts at once: not every fetch tells of its connections.
    this.#awaitByte();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the guard ended the request, if it did because of the time. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** What to say where no connection came about in time. */
  connectFailure(): Error {
    return new ConnectTimeoutError(this.limits);
  }

  /** Whether there is time left to try the connection once more. */
  get mayConnectAgain(): boolean {
    return !this.signal.aborted && performance.now() < (this.#connectBy ?? 0);
  }

  readonly onOpening = (): void => {
    this.#connectBy ??= performance.now() + this.limits.connectMs;
    this.#arm(this.#connectBy - performance.now(), () => this.connectFailure());
  };

  readonly onConnected = (): void => {
    this.#awaitByte();
  };

  /** Calls the request off, wherever it is. */
  abort(): void {
    this.#controller.abort();
    this.#end();
  }

  /** The request has ended. */
  end(): void {
    this.#end();
  }

  /** The same body, of which every piece has to come within the limit. */
  watch(body: AsyncIterable<Uint8Array>): Readable {
    clearTimeout(this.#timer);
    return Readable.from(this.#pieces(body), { objectMode: false });
  }

  async *#pieces(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      this.#awaitByte();
      for await (const piece of body) {
        clearTimeout(this.#timer);
        yield piece;
        this.#awaitByte();
      }
    } catch (error) {
      throw this.#failure ?? error;
    } finally {
      this.end();
    }
  }

  #awaitByte(): void {
    this.#arm(this.limits.silenceMs, () => new SilentServerError(this.limits));
  }

  #arm(afterMs: number, failure: () => Error): void {
    clearTimeout(this.#timer);
    if (this.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#failure = failure();
      this.abort();
    }, afterMs);
  }
}
