import { isAnswer } from './cancelled.js';
import { nonEmpty, type Environment, type Profile } from '../connection/profiles/profiles.js';

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

/** How many attempts the environment or the profile asks for, as for the AWS CLI; at most ten. */
export function retryLimits(profile: Profile | undefined, env: Environment): RetryLimits {
  const asked = Number.parseInt(nonEmpty(env.AWS_MAX_ATTEMPTS) ?? profile?.settings.max_attempts ?? '', 10);
  return Number.isNaN(asked)
    ? defaultRetryLimits
    : { ...defaultRetryLimits, attempts: Math.min(10, Math.max(1, asked)) };
}

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
