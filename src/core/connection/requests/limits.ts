import { defaultRetryLimits, type RetryLimits } from '../../async/retry.js';
import { MessageError } from '../../failures/message.js';
import { nonEmpty, type Environment } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';

/** How long a server may keep us waiting. */
export interface TimeLimits {
  /** From the beginning of a request to a connection that can take it, the proxy's part and TLS included. */
  readonly connectMs: number;
  /** Without a single byte, while an answer is awaited and between its pieces. */
  readonly silenceMs: number;
}

export const defaultTimeLimits: TimeLimits = { connectMs: 10_000, silenceMs: 30_000 };

/** How many attempts the environment or the profile asks for, as for the AWS CLI; at most ten. */
export function retryLimits(profile: Profile | undefined, env: Environment): RetryLimits {
  const asked = Number.parseInt(nonEmpty(env.AWS_MAX_ATTEMPTS) ?? profile?.settings.max_attempts ?? '', 10);
  return Number.isNaN(asked)
    ? defaultRetryLimits
    : { ...defaultRetryLimits, attempts: Math.min(10, Math.max(1, asked)) };
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
