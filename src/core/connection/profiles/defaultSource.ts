import { nonEmpty, type Environment } from '../environment.js';
import { defaultProfileName, loadAwsFiles, namedProfile } from './profiles.js';
import { isInContainer } from '../credentials/hostCredentials.js';
import type { AwsSource } from './source.js';
import { environmentKeys } from '../credentials/staticKeys.js';

/**
 * The credentials that the AWS CLI uses if no profile is named on its command line: keys in the environment override
 * every profile, including that of `AWS_PROFILE`, and a profile without credentials leaves the choice to the default
 * chain. Undefined if there is neither a profile nor a variable, so only an instance could provide any.
 * Source: botocore's `create_credential_resolver`.
 */
export async function defaultSource(env: Environment): Promise<AwsSource | undefined> {
  if (environmentKeys(env) !== undefined) return { kind: 'environment' };
  const name = defaultProfileName(env);
  const profile = (await loadAwsFiles()).profiles.get(name);
  const hasToken = isSet(env.AWS_WEB_IDENTITY_TOKEN_FILE) && isSet(env.AWS_ROLE_ARN);
  if (hasToken && profile?.kind !== 'role') return { kind: 'environment' };
  if (profile !== undefined) {
    return profile.kind === 'none' ? { kind: 'environment' } : { kind: 'profile', name };
  }
  // A named profile that does not exist is an error, not a reason to use other credentials.
  if (namedProfile(env) !== undefined) return { kind: 'profile', name };
  return isInContainer(env) ? { kind: 'environment' } : undefined;
}

function isSet(value: string | undefined): boolean {
  return nonEmpty(value) !== undefined;
}
