import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { Attempts, retryReason, type RetryLimits, type RetryListener } from '../../async/retry.js';

type Strategy = Extract<
  NonNullable<S3ClientConfig['retryStrategy']>,
  { readonly acquireInitialRetryToken: unknown }
>;
type Token = Awaited<ReturnType<Strategy['acquireInitialRetryToken']>>;
type Failure = Parameters<Strategy['refreshRetryTokenForRetry']>[1];

/** A request with all of its attempts. */
interface Request {
  readonly attempts: Attempts;
  readonly stop: AbortSignal;
}

/** One per process: every AsyncLocalStorage adds cost to all async operations for as long as the process lives. */
const listenerStorage = new AsyncLocalStorage<{ readonly by: S3Retry; readonly listener: RetryListener }>();

/** Never reaches a caller: the SDK throws the error of the last attempt. */
class FinalFailure extends Error {}

/**
 * Decides when the SDK sends a request again. The SDK's own strategy does not recognize a connection dropped by
 * `fetch`, retries after timeouts, and does not report that it is waiting.
 */
export class S3Retry implements Strategy {
  readonly #requests = new WeakMap<Token, Request>();
  #stop = new AbortController();

  constructor(
    private readonly limits: RetryLimits,
    private readonly random: () => number = Math.random,
  ) {}

  get attempts(): number {
    return this.limits.attempts;
  }

  /** Runs work and calls the listener before each retry of its requests. */
  withListener<Result>(listener: RetryListener, work: () => Promise<Result>): Promise<Result> {
    return listenerStorage.run({ by: this, listener }, work);
  }

  /** Prevents further retries of pending requests; those that are waiting for one fail at once. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  acquireInitialRetryToken(): Promise<Token> {
    return Promise.resolve(
      this.#token(0, { attempts: new Attempts(this.limits, this.random), stop: this.#stop.signal }),
    );
  }

  /**
   * Waits until it is time to send the request again.
   * @throws Error if the failure is final; the SDK then throws the failure itself
   */
  async refreshRetryTokenForRetry(token: Token, failure: Failure): Promise<Token> {
    const request = this.#requests.get(token);
    const reason = retryReason(failure.error);
    const isFinal = reason === undefined && !isClockCorrected(failure.error);
    if (request === undefined || isFinal) throw new FinalFailure();
    // After a clock correction there is nothing to wait for.
    const pauseMs = reason === undefined ? 0 : Math.max(retryAfterMs(failure), request.attempts.pauseMs);
    const attempt = request.attempts.next(pauseMs);
    if (attempt === undefined) throw new FinalFailure();
    const listening = listenerStorage.getStore();
    if (reason !== undefined && listening?.by === this)
      listening.listener({ attempt, attempts: this.attempts, reason });
    await wait(pauseMs, undefined, { signal: request.stop });
    return this.#token(attempt - 1, request);
  }

  recordSuccess(): void {
    return;
  }

  #token(count: number, request: Request): Token {
    const token = { getRetryCount: () => count, getRetryDelay: () => 0 };
    this.#requests.set(token, request);
    return token;
  }
}

function retryAfterMs({ retryAfterHint }: Failure): number {
  return retryAfterHint === undefined ? 0 : Math.min(5000, retryAfterHint.getTime() - Date.now());
}

/** Whether the SDK has corrected its clock from the refusal, so that the request can be signed correctly. */
function isClockCorrected(error: unknown): boolean {
  const { $metadata: metadata } = error as { $metadata?: { clockSkewCorrected?: boolean } };
  return metadata?.clockSkewCorrected === true;
}
