import type { CredentialsEnd } from '../connection/credentials/identity.js';
import { MessageError } from '../failures/message.js';

/** How long a link really works. */
export interface Lifetime {
  /** The expiry that is written into the link, in seconds from signing. */
  readonly signedSeconds: number;
  /** When the link stops working, as far as that is known. */
  readonly endsAt: Date;
  /**
   * `credentials`: the credentials expire before the chosen time; `unknown`: they expire at an unknown time;
   * `session`: the session in a directory bucket, whose keys sign there, expires before the chosen time.
   */
  readonly limit: 'none' | 'credentials' | 'unknown' | 'session';
}

export interface LifetimeOptions {
  readonly credentials: CredentialsEnd;
  /** The second at which the link is signed. */
  readonly signedAt: Date;
  /** Whether to shorten a link so that it does not outlast its credentials. */
  readonly shorten: boolean;
}

export class CredentialsEndedError extends MessageError {
  override readonly name = 'CredentialsEndedError';
  constructor() {
    super({ text: 'The credentials have expired, so nothing was signed. Renew them, then try again.' });
  }
}

/**
 * Fits a chosen expiry to that of the credentials: S3 refuses a link as soon as either has expired.
 * @throws CredentialsEndedError if the credentials have expired
 */
export function fitLifetime(
  chosenSeconds: number,
  { credentials, signedAt, shorten }: LifetimeOptions,
): Lifetime {
  const chosenEnd = new Date(signedAt.getTime() + chosenSeconds * 1000);
  if (credentials.kind === 'never') return { signedSeconds: chosenSeconds, endsAt: chosenEnd, limit: 'none' };
  if (credentials.kind === 'unknown')
    return { signedSeconds: chosenSeconds, endsAt: chosenEnd, limit: 'unknown' };
  const leftSeconds = Math.floor((credentials.at.getTime() - signedAt.getTime()) / 1000);
  if (leftSeconds <= 0) throw new CredentialsEndedError();
  if (leftSeconds >= chosenSeconds) return { signedSeconds: chosenSeconds, endsAt: chosenEnd, limit: 'none' };
  const endsAt = new Date(signedAt.getTime() + leftSeconds * 1000);
  return { signedSeconds: shorten ? leftSeconds : chosenSeconds, endsAt, limit: 'credentials' };
}
