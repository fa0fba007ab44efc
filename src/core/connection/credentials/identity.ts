import { MessageError } from '../../failures/message.js';

/** Keys to sign with. `expiration` is absent if the keys do not expire or their expiry is unknown. */
export interface AwsCredentialIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** When credentials expire. Temporary keys always do, but a file may contain them without their expiry. */
export type CredentialsExpiry =
  { readonly kind: 'never' } | { readonly kind: 'unknown' } | { readonly kind: 'at'; readonly at: Date };

/** What is known about the credentials after they were requested. */
export type CredentialsState =
  | (CredentialsExpiry & {
      /** Whether the user signs in for them; signing in again may be what renews them. */
      readonly usesSignIn: boolean;
    })
  | { readonly kind: 'signInNeeded' };

/** Long-term keys have no session token; temporary ones always have one. */
export function credentialsExpiry({ sessionToken, expiration }: AwsCredentialIdentity): CredentialsExpiry {
  if (expiration !== undefined) return { kind: 'at', at: expiration };
  return sessionToken === undefined ? { kind: 'never' } : { kind: 'unknown' };
}

/** Credentials could not be obtained. The message gives the reason and can be shown to the user. */
export class CredentialsError extends MessageError {
  override readonly name: string = 'CredentialsError';
  override readonly remedy = 'selectProfile';
}

/** A service that issues credentials did not, temporarily or for this profile; trying again may help. */
export class CredentialServiceError extends MessageError {
  override readonly name = 'CredentialServiceError';
}

/** The renewal of a sign-in was just cancelled: the SDK tries again only after half a minute. */
export class RenewalPausedError extends MessageError {
  override readonly name = 'RenewalPausedError';
}

/** A profile whose settings contradict each other or refer to something that does not exist. */
export class ProfileError extends MessageError {
  override readonly name = 'ProfileError';
  override readonly remedy = 'openAwsConfig';
}

/** A sign-in that has expired or was never made, and the AWS CLI command that renews it. */
export class SignInNeededError extends MessageError {
  override readonly name = 'SignInNeededError';
  override readonly remedy = 'signIn';
  constructor(
    readonly profile: string,
    readonly method: 'sso' | 'login',
  ) {
    super({
      text: 'Profile "{0}" is not signed in, or its sign-in has expired. Sign in, then try again.',
      args: [profile],
    });
  }
}
