import { setTimeout as wait } from 'node:timers/promises';
import { isServerError } from '../failures/serverError.js';

/** Passed to the listener before a request is sent again. */
export interface RetryNotice {
  /** Which attempt comes next, from 2. */
  readonly attempt: number;
  /** How many there are at most. */
  readonly attempts: number;
  readonly reason: RetryReason;
}

export type RetryListener = (notice: RetryNotice) => void;

/** `busy`: the server throttles requests or is temporarily unavailable. `dropped`: the connection broke. */
export type RetryReason = 'busy' | 'dropped';

export interface RetryLimits {
  readonly attempts: number;
  /** The longest pause before the second attempt; it doubles with each further attempt. */
  readonly pauseMs: number;
  /** No attempt begins later than this after the first. */
  readonly totalMs: number;
}

export const defaultRetryLimits: RetryLimits = { attempts: 3, pauseMs: 1000, totalMs: 30_000 };

const maxPauseMs = 5000;

/**
 * Why a request may succeed when sent again; undefined if it would not. Timeouts are not retried, because the user has
 * waited long enough, nor are hosts that do not exist.
 */
export function retryReason(error: unknown): RetryReason | undefined {
  const { status, code } = failureOf(error);
  if (status === 429 || status === 500 || (status !== undefined && status >= 502 && status <= 504))
    return 'busy';
  if (busyCodes.test(code)) return 'busy';
  // S3's error code for an upload whose data stopped arriving.
  if (code === 'RequestTimeout') return 'dropped';
  return isDropped(error) ? 'dropped' : undefined;
}

/** Error codes of S3 and credential services, which also come with statuses other than 429 and 503. */
const busyCodes = /^(?:SlowDown|Throttling(?:Exception)?|RequestLimitExceeded|IDPCommunicationError)$/;

/** Random, between half and all of the current pause, to spread out clients that were refused at the same time. */
export function pauseBefore(attempt: number, limits: RetryLimits, random: () => number): number {
  const due = Math.min(maxPauseMs, limits.pauseMs * 2 ** (attempt - 2));
  return due * (0.5 + random() / 2);
}

/** The attempts of one request. The first one begins when this is created. */
export class Attempts {
  readonly #startedAtMs = performance.now();
  #count = 1;

  constructor(
    private readonly limits: RetryLimits,
    private readonly random: () => number = Math.random,
  ) {}

  /** The pause before the next attempt. */
  get pauseMs(): number {
    return pauseBefore(this.#count + 1, this.limits, this.random);
  }

  /** Counts the attempt that begins after this pause and returns its number; undefined if the limits allow none. */
  next(pauseMs: number): number | undefined {
    const { attempts, totalMs } = this.limits;
    const isLate = performance.now() - this.#startedAtMs + pauseMs > totalMs;
    if (isLate || this.#count >= attempts) return undefined;
    this.#count += 1;
    return this.#count;
  }
}

/**
 * Retries work that failed for a temporary reason, with growing pauses.
 * @throws what the last attempt throws; an AbortError when `signal` is aborted
 */
export async function withRetries<Result>(
  {
    limits = defaultRetryLimits,
    signal,
    onRetry,
    isFinal = () => false,
  }: {
    readonly limits: RetryLimits | undefined;
    readonly signal: AbortSignal;
    readonly onRetry: RetryListener | undefined;
    /** Whether a failed attempt is the last one, even if its reason is temporary. */
    readonly isFinal?: () => boolean;
  },
  attempt: () => Promise<Result>,
): Promise<Result> {
  const attempts = new Attempts(limits);
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const reason = retryReason(error);
      const { pauseMs } = attempts;
      const next = reason === undefined || signal.aborted || isFinal() ? undefined : attempts.next(pauseMs);
      if (reason === undefined || next === undefined) throw error;
      onRetry?.({ attempt: next, attempts: limits.attempts, reason });
      await wait(pauseMs, undefined, { signal });
    }
  }
}

function failureOf(error: unknown): { readonly status: number | undefined; readonly code: string } {
  if (!(error instanceof Error)) return { status: undefined, code: '' };
  const { $metadata: metadata, refusal } = error as {
    $metadata?: { httpStatusCode?: number };
    refusal?: { status: number; code: string };
  };
  // A store may put a `refusal` field into its response.
  const own = isServerError(error) ? undefined : refusal;
  return { status: own?.status ?? metadata?.httpStatusCode, code: own?.code ?? error.name };
}

/** `fetch` puts the reason into the error's cause, one or two levels deep. */
function isDropped(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 3 || isServerError(error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/.test(code))
    return true;
  return isDropped(error.cause, depth + 1);
}
