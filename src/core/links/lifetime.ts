import type { CredentialsExpiry } from '../connection/credentials/identity.js';
import { MessageError } from '../failures/message.js';

/** How long a link really works. */
export interface Lifetime {
  /** The expiry that is written into the link, in seconds from signing. */
  readonly signedSeconds: number;
  /** When the link stops working, as far as that is known. */
  readonly expiresAt: Date;
  /**
   * `credentials`: the credentials expire before the chosen time; `unknown`: they expire at an unknown time;
   * `session`: the session in a directory bucket, whose keys sign there, expires before the chosen time.
   */
  readonly limit: 'none' | 'credentials' | 'unknown' | 'session';
}

export interface LifetimeOptions {
  readonly credentials: CredentialsExpiry;
  /** The second at which the link is signed. */
  readonly signedAt: Date;
  /** Whether to shorten a link so that it does not outlast its credentials. */
  readonly shorten: boolean;
}

export class CredentialsExpiredError extends MessageError {
  override readonly name = 'CredentialsExpiredError';
  constructor() {
    super({ text: 'The credentials have expired, so nothing was signed. Renew them, then try again.' });
  }
}

/**
 * Fits a chosen expiry to that of the credentials: S3 refuses a link as soon as either has expired.
 * @throws CredentialsExpiredError if the credentials have expired
 */
export function fitLifetime(
  chosenSeconds: number,
  { credentials, signedAt, shorten }: LifetimeOptions,
): Lifetime {
  const chosenExpiry = new Date(signedAt.getTime() + chosenSeconds * 1000);
  if (credentials.kind === 'never')
    return { signedSeconds: chosenSeconds, expiresAt: chosenExpiry, limit: 'none' };
  if (credentials.kind === 'unknown')
    return { signedSeconds: chosenSeconds, expiresAt: chosenExpiry, limit: 'unknown' };
  const remainingSeconds = Math.floor((credentials.at.getTime() - signedAt.getTime()) / 1000);
  if (remainingSeconds <= 0) throw new CredentialsExpiredError();
  if (remainingSeconds >= chosenSeconds)
    return { signedSeconds: chosenSeconds, expiresAt: chosenExpiry, limit: 'none' };
  const expiresAt = new Date(signedAt.getTime() + remainingSeconds * 1000);
  return { signedSeconds: shorten ? remainingSeconds : chosenSeconds, expiresAt, limit: 'credentials' };
}
