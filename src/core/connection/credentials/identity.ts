import { MessageError } from '../../failures/message.js';

/** Keys to sign with. `expiration` is absent where the keys do not end, or where their end is not known. */
export interface AwsCredentialIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** When credentials end. Temporary keys always end; whoever wrote them into a file may not have written when. */
export type CredentialsEnd =
  { readonly kind: 'never' } | { readonly kind: 'unknown' } | { readonly kind: 'at'; readonly at: Date };

/** What is known of the credentials after they were asked for. */
export type CredentialsState =
  | (CredentialsEnd & {
      /** Whether a person signs in for them, which may be what renews them. */
      readonly bySignIn: boolean;
    })
  | { readonly kind: 'signInNeeded' };

/** Long-term keys have no session token; temporary ones always have one. */
export function credentialsEnd({ sessionToken, expiration }: AwsCredentialIdentity): CredentialsEnd {
  if (expiration !== undefined) return { kind: 'at', at: expiration };
  return sessionToken === undefined ? { kind: 'never' } : { kind: 'unknown' };
}

/** Credentials that cannot be had, with the reason in one sentence that is fit to be shown. */
export class CredentialsError extends MessageError {
  override readonly name: string = 'CredentialsError';
  override readonly remedy = 'selectProfile';
}

/** A service that gives credentials does not, at this moment or for this profile; asking again may help. */
export class CredentialServiceError extends MessageError {
  override readonly name = 'CredentialServiceError';
}

/** A sign-in whose renewal was called off a moment ago: the SDK tries it again after half a minute. */
export class RenewalPausedError extends MessageError {
  override readonly name = 'RenewalPausedError';
}

/** A profile whose settings contradict each other or point nowhere. */
export class ProfileError extends MessageError {
  override readonly name = 'ProfileError';
  override readonly remedy = 'openAwsConfig';
}

/** A sign-in that has ended or never began, and the command of the AWS CLI that renews it. */
export class SignInNeededError extends MessageError {
  override readonly name = 'SignInNeededError';
  override readonly remedy = 'signIn';
  constructor(
    readonly profile: string,
    readonly by: 'sso' | 'login',
  ) {
    super({
      text: 'Profile "{0}" is not signed in, or its sign-in has expired. Sign in, then try again.',
      args: [profile],
    });
  }
}
