import { defaultRetryLimits, type RetryLimits } from '../../async/retry.js';
import { MessageError } from '../../failures/message.js';
import { nonEmpty, type Environment } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';

/** How long a server may keep us waiting. */
export interface TimeLimits {
  /** From the start of a request until its connection is ready, including the proxy and TLS. */
  readonly connectMs: number;
  /** Without a single byte, before a response and between its pieces. */
  readonly silenceMs: number;
}

export const defaultTimeLimits: TimeLimits = { connectMs: 10_000, silenceMs: 30_000 };

/** The number of attempts set in the environment or the profile, as in the AWS CLI; at most ten. */
export function retryLimits(profile: Profile | undefined, env: Environment): RetryLimits {
  const requested = Number.parseInt(
    nonEmpty(env.AWS_MAX_ATTEMPTS) ?? profile?.settings.max_attempts ?? '',
    10,
  );
  return Number.isNaN(requested)
    ? defaultRetryLimits
    : { ...defaultRetryLimits, attempts: Math.min(10, Math.max(1, requested)) };
}

export class ConnectTimeoutError extends MessageError {
  override readonly name = 'ConnectTimeoutError';
  constructor({ connectMs }: TimeLimits) {
    super({
      text: 'Could not connect to the endpoint within {0} seconds. Check the network, the proxy and the endpoint, then try again.',
      args: [connectMs / 1000],
    });
  }
}

export class SilentServerError extends MessageError {
  override readonly name = 'SilentServerError';
  constructor({ silenceMs }: TimeLimits) {
    super({
      text: 'The server sent nothing for {0} seconds, so the request was stopped. Check the network, then try again.',
      args: [silenceMs / 1000],
    });
  }
}
