import { setTimeout as wait } from 'node:timers/promises';
import { isAnswer } from './cancelled.js';

/** Told before a request is sent again. */
export interface RetryNotice {
  /** Which attempt comes next, from 2. */
  readonly attempt: number;
  /** How many there are at most. */
  readonly attempts: number;
  readonly reason: RetryReason;
}

export type RetryListener = (notice: RetryNotice) => void;

/** The server asks for patience or has a fault; or a connection was dropped. */
export type RetryReason = 'busy' | 'dropped';

export interface RetryLimits {
  readonly attempts: number;
  /** The longest pause before the second attempt; it doubles with every further one. */
  readonly pauseMs: number;
  /** No attempt begins later than this after the first. */
  readonly totalMs: number;
}

export const defaultRetryLimits: RetryLimits = { attempts: 3, pauseMs: 1000, totalMs: 30_000 };

const maxPauseMs = 5000;

/**
 * Why a request may succeed when it is sent again, or undefined where it would not. Time that ran out is no reason: the
 * person has waited long enough. Nor is a host that is not there.
 */
export function retryReason(error: unknown): RetryReason | undefined {
  const { status, code } = failureOf(error);
  if (status === 429 || status === 500 || (status !== undefined && status >= 502 && status <= 504))
    return 'busy';
  if (busyCodes.test(code)) return 'busy';
  // S3's own word for an upload whose bytes stopped on the way.
  if (code === 'RequestTimeout') return 'dropped';
  return isDropped(error) ? 'dropped' : undefined;
}

/** S3's word, and those of the services that give credentials, which come with other statuses than 429 and 503 too. */
const busyCodes = /^(?:SlowDown|Throttling(?:Exception)?|RequestLimitExceeded|IDPCommunicationError)$/;

/** A pause of between one half and the whole of what is due, so that those who were refused together come apart. */
export function pauseBefore(attempt: number, limits: RetryLimits, random: () => number): number {
  const due = Math.min(maxPauseMs, limits.pauseMs * 2 ** (attempt - 2));
  return due * (0.5 + random() / 2);
}

/** The attempts of one request, from the first one, which begins when this is made. */
export class Attempts {
  readonly #startedAtMs = performance.now();
  #count = 1;

  constructor(
    private readonly limits: RetryLimits,
    private readonly random: () => number = Math.random,
  ) {}

  /** The pause that is due before the next attempt. */
  get pauseMs(): number {
    return pauseBefore(this.#count + 1, this.limits, this.random);
  }

  /** Counts the attempt that begins after a pause and gives its number; undefined where the limits allow none. */
  next(pauseMs: number): number | undefined {
    const { attempts, totalMs } = this.limits;
    const isLate = performance.now() - this.#startedAtMs + pauseMs > totalMs;
    if (isLate || this.#count >= attempts) return undefined;
    this.#count += 1;
    return this.#count;
  }
}

/**
 * Tries again, after a growing pause, what failed for a reason that passes.
 * @throws what the last attempt throws; an AbortError after `signal`
 */
export async function withRetries<Result>(
  {
    limits = defaultRetryLimits,
    signal,
    onRetry,
  }: {
    readonly limits: RetryLimits | undefined;
    readonly signal: AbortSignal;
    readonly onRetry: RetryListener | undefined;
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
      const next = reason === undefined || signal.aborted ? undefined : attempts.next(pauseMs);
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
  // A store may put a `refusal` into its answer.
  const own = isAnswer(error) ? undefined : refusal;
  return { status: own?.status ?? metadata?.httpStatusCode, code: own?.code ?? error.name };
}

/** `fetch` has the reason in the cause of its error, once or twice removed. */
function isDropped(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 3 || isAnswer(error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/.test(code))
    return true;
  return isDropped(error.cause, depth + 1);
}
