import { nonEmpty, type Environment } from '../environment.js';
import { defaultProfileName, loadAwsFiles, namedProfile } from './profiles.js';
import { isInContainer } from '../credentials/hostCredentials.js';
import type { AwsSource } from './source.js';
import { environmentKeys } from '../credentials/writtenKeys.js';

/**
 * Whose credentials the AWS CLI takes where no profile is named on its command line: keys of the environment stand above
 * every profile, that of `AWS_PROFILE` included, and a profile without credentials leaves the choice to the default
 * chain. Undefined where there is neither a profile nor a variable, so that only an instance could give any.
 * Source: botocore's `create_credential_resolver`.
 */
export async function usualSource(env: Environment): Promise<AwsSource | undefined> {
  if (environmentKeys(env) !== undefined) return { kind: 'environment' };
  const name = defaultProfileName(env);
  const profile = (await loadAwsFiles()).profiles.get(name);
  const hasToken = isSet(env.AWS_WEB_IDENTITY_TOKEN_FILE) && isSet(env.AWS_ROLE_ARN);
  if (hasToken && profile?.kind !== 'role') return { kind: 'environment' };
  if (profile !== undefined) {
    return profile.kind === 'none' ? { kind: 'environment' } : { kind: 'profile', name };
  }
  // One that is not there is an error, and no wish for another one.
  if (namedProfile(env) !== undefined) return { kind: 'profile', name };
  return isInContainer(env) ? { kind: 'environment' } : undefined;
}

function isSet(value: string | undefined): boolean {
  return nonEmpty(value) !== undefined;
}
