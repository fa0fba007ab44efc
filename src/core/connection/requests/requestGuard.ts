import { Readable } from 'node:stream';
import { CancelledError } from '../../async/cancelled.js';
import { abortable } from '../../async/abortable.js';
import { BodyMeter, type ResponseBody, type BodyLimit } from './responseBody.js';
import { ConnectTimeoutError, SilentServerError, type TimeLimits } from './limits.js';
import type { SocketListener } from './socketWatch.js';

/** Watches one request until the end of its response: stops it when it takes too long or is cancelled. */
export class RequestGuard implements SocketListener {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #connectBy: number | undefined;
  #failure: Error | undefined;
  #body: ResponseBody | undefined;
  #end: () => void;

  constructor(
    private readonly limits: TimeLimits,
    /** The caller's signal, and what to do when the request is over. */
    { caller, onEnd }: { readonly caller: AbortSignal | undefined; readonly onEnd: () => void },
  ) {
    const cancel = () => {
      this.abort();
    };
    caller?.addEventListener('abort', cancel, { once: true });
    this.#end = () => {
      this.#end = () => undefined;
      clearTimeout(this.#timer);
      caller?.removeEventListener('abort', cancel);
      onEnd();
    };
    if (caller?.aborted === true) this.#controller.abort();
    // Starts at once: not every `fetch` reports its connections.
    this.#awaitByte();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What to throw when part of the request failed: why the guard stopped it, if it did. */
  toFailure(error: unknown): unknown {
    return this.#failure ?? (this.signal.aborted ? new CancelledError() : error);
  }

  /** The error if no connection was made in time. */
  connectFailure(): Error {
    return new ConnectTimeoutError(this.limits);
  }

  /** Whether there is time left to try the connection once more. */
  get canRetryConnect(): boolean {
    return !this.signal.aborted && performance.now() < (this.#connectBy ?? 0);
  }

  readonly onOpening = (): void => {
    this.#connectBy ??= performance.now() + this.limits.connectMs;
    this.#startTimer(this.#connectBy - performance.now(), () => this.connectFailure());
  };

  readonly onConnected = (): void => {
    this.#awaitByte();
  };

  /** Cancels the request, at any stage. */
  abort(): void {
    this.#controller.abort();
    this.#body?.close();
    this.#end();
  }

  /** The request has ended. */
  end(): void {
    this.#end();
  }

  /** The same body, with a time limit for each piece and a limit on how much is read. */
  watch(body: ResponseBody, limit: BodyLimit): Readable {
    this.#body = body;
    if (this.signal.aborted) body.close();
    this.#awaitByte();
    const watched = Readable.from(this.#pieces(body, new BodyMeter(limit)), { objectMode: false });
    // Otherwise a pending read would keep the body open.
    watched.once('close', () => {
      body.close();
      this.end();
    });
    return watched;
  }

  async *#pieces(body: ResponseBody, meter: BodyMeter): AsyncGenerator<Uint8Array> {
    try {
      while (!meter.isFull) {
        this.#awaitByte();
        const piece = await abortable(body.read(), this.signal);
        clearTimeout(this.#timer);
        if (piece === undefined) return;
        yield meter.take(piece);
      }
    } catch (error) {
      throw this.toFailure(error);
    } finally {
      body.close();
      this.end();
    }
  }

  #awaitByte(): void {
    this.#startTimer(this.limits.silenceMs, () => new SilentServerError(this.limits));
  }

  #startTimer(afterMs: number, failure: () => Error): void {
    clearTimeout(this.#timer);
    if (this.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#failure = failure();
      this.abort();
    }, afterMs);
  }
}
