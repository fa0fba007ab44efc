import { ProfileError, type AwsCredentialIdentity } from './identity.js';
import { nonEmpty, type Environment } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';

/**
 * The keys in a profile. Their expiry is known if the program that fetched them wrote it next to them: saml2aws as
 * `x_security_token_expires`, aws-azure-login as `aws_expiration`.
 * @throws ProfileError if one half is missing
 */
export function profileKeys({ name, settings }: Profile): AwsCredentialIdentity {
  const accessKeyId = nonEmpty(settings.aws_access_key_id);
  const secretAccessKey = nonEmpty(settings.aws_secret_access_key);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ProfileError({
      text: 'Profile "{0}" needs both aws_access_key_id and aws_secret_access_key.',
      args: [name],
    });
  }
  return toIdentity({
    accessKeyId,
    secretAccessKey,
    sessionToken: nonEmpty(settings.aws_session_token),
    expiry: nonEmpty(settings.x_security_token_expires) ?? nonEmpty(settings.aws_expiration),
  });
}

/** Whether a profile contains both halves of a key. */
export function hasKeys({ settings }: Profile): boolean {
  return [settings.aws_access_key_id, settings.aws_secret_access_key].every(
    (half) => nonEmpty(half) !== undefined,
  );
}

/** The keys in the environment, with their expiry from `AWS_CREDENTIAL_EXPIRATION`; undefined if there are none. */
export function environmentKeys(env: Environment): AwsCredentialIdentity | undefined {
  const accessKeyId = nonEmpty(env.AWS_ACCESS_KEY_ID);
  const secretAccessKey = nonEmpty(env.AWS_SECRET_ACCESS_KEY);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return toIdentity({
    accessKeyId,
    secretAccessKey,
    sessionToken: nonEmpty(env.AWS_SESSION_TOKEN),
    expiry: nonEmpty(env.AWS_CREDENTIAL_EXPIRATION),
  });
}

interface StaticKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  readonly expiry: string | undefined;
}

function toIdentity({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiry,
}: StaticKeys): AwsCredentialIdentity {
  // An expiry next to long-term keys is left over from temporary ones.
  if (sessionToken === undefined) return { accessKeyId, secretAccessKey };
  const expiration = parseTimestamp(expiry);
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    ...(expiration === undefined ? {} : { expiration }),
  };
}

/** A time written with its zone; without one it could be off by hours, which is worse than unknown. */
export function parseTimestamp(text: string | undefined): Date | undefined {
  if (text === undefined || !/\d(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return undefined;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
