import { assumeRole, assumeRoleWithWebIdentity, type AskMfaCode } from './assumeRole.js';
import { runCredentialProcess } from './credentialProcess.js';
import { abortableServices, type CredentialServices } from './credentialServices.js';
import { containerCredentials, instanceCredentials, isInContainer } from './hostCredentials.js';
import { CredentialsError, ProfileError, type AwsCredentialIdentity } from './identity.js';
import { nonEmpty, type Environment } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';
import { loginCredentials, ssoCredentials } from './signInCredentials.js';
import { environmentKeys, hasKeys, profileKeys } from './staticKeys.js';

/** Provides valid keys; called again when they have expired. The signal cancels it. */
export type CredentialProvider = (stop: AbortSignal) => Promise<AwsCredentialIdentity>;

export interface CredentialOptions {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly env: Environment;
  readonly services: CredentialServices;
  readonly mfaCode: AskMfaCode;
  readonly limits?: CredentialLimits | undefined;
  /** Cancels requests for credentials and stops credential programs. */
  readonly signal: AbortSignal;
}

/** Time limits for obtaining credentials. */
interface CredentialLimits {
  /** For a credential_process; a minute by default. */
  readonly processMs?: number;
  /** For each response of the container or the instance; a second by default. */
  readonly hostMs?: number;
}

/**
 * Obtains a profile's credentials. Each kind uses its own SDK provider, so that a chain does not hide the reason for a
 * failure. Static keys, processes and role chains are handled here, because the SDK does not know the expiry of static
 * temporary keys, waits for a process without a limit, and caches the files.
 */
export function profileCredentials(profile: Profile, options: CredentialOptions): CredentialProvider {
  return abortableProvider(options, (abortableOptions) => resolveFirst(profile, abortableOptions));
}

/** A provider that stops, with all its requests, when the caller's signal or that of `options` is aborted. */
export function abortableProvider<Options extends Pick<CredentialOptions, 'services' | 'signal'>>(
  options: Options,
  provide: (options: Options) => Promise<AwsCredentialIdentity>,
): CredentialProvider {
  return async (stop) => {
    const signal = AbortSignal.any([options.signal, stop]);
    try {
      return await provide({ ...options, signal, services: abortableServices(signal, options.services) });
    } catch (error) {
      // Whatever the providers turned the cancellation into.
      signal.throwIfAborted();
      throw error;
    }
  };
}

function resolveFirst(profile: Profile, options: CredentialOptions): Promise<AwsCredentialIdentity> {
  return resolveProfile(profile, { ...options, visited: new Set([profile.name]) });
}

/**
 * The credentials that the AWS CLI finds when no profile is named: keys in the environment, a role of the default
 * profile, a web identity in the environment, other credentials of the default profile, then container and instance.
 * Source: AWS CLI User Guide, "Configuration settings and precedence"; botocore's `create_credential_resolver`.
 */
export function ambientCredentials(profileName: string, options: CredentialOptions): CredentialProvider {
  const profile = options.profiles.get(profileName);
  return abortableProvider(options, async (abortableOptions) => {
    const { env, services, signal, limits } = abortableOptions;
    const keys = environmentKeys(env);
    if (keys !== undefined) return keys;
    const token = environmentWebIdentity(profile, env);
    if (token !== undefined && profile?.kind !== 'role') {
      return assumeRoleWithWebIdentity(token, services);
    }
    if (profile !== undefined && profile.kind !== 'none') return resolveFirst(profile, abortableOptions);
    if (isInContainer(env)) return containerCredentials(signal, limits?.hostMs);
    return instanceCredentials(env, { signal, limitMs: limits?.hostMs }).catch(() => {
      throw new CredentialsError({
        text: 'No usable credentials were found in the environment, in profile "{0}", or from a container or instance.',
        args: [profileName],
      });
    });
  });
}

/** The variables that EKS and others set, as if they were in the profile, whose region and endpoints apply. */
function environmentWebIdentity(profile: Profile | undefined, env: Environment): Profile | undefined {
  const file = nonEmpty(env.AWS_WEB_IDENTITY_TOKEN_FILE);
  const role = nonEmpty(env.AWS_ROLE_ARN);
  if (file === undefined || role === undefined) return undefined;
  const settings = {
    ...profile?.settings,
    web_identity_token_file: file,
    role_arn: role,
    role_session_name: nonEmpty(env.AWS_ROLE_SESSION_NAME),
  };
  return { name: profile?.name ?? 'default', kind: 'webIdentity', settings };
}

/** Whether obtaining a profile's credentials requires asking the user for a code. */
export function needsUserInput(profile: Profile, profiles: ReadonlyMap<string, Profile>): boolean {
  for (let at: Profile | undefined = profile, left = profiles.size; at?.kind === 'role'; left -= 1) {
    if (nonEmpty(at.settings.mfa_serial) !== undefined) return true;
    if (left <= 0) return false;
    at = profiles.get(nonEmpty(at.settings.source_profile) ?? '');
  }
  return false;
}

interface Resolution extends CredentialOptions {
  /** Profiles already visited in this chain. */
  readonly visited: ReadonlySet<string>;
}

async function resolveProfile(profile: Profile, resolution: Resolution): Promise<AwsCredentialIdentity> {
  const { name, kind, settings } = profile;
  const { services, mfaCode, limits, signal } = resolution;
  switch (kind) {
    case 'keys':
      return profileKeys(profile);
    case 'role':
      return assumeRole(profile, {
        source: await sourceKeys(profile, resolution),
        services,
        mfaCode,
        signal,
      });
    case 'process':
      return runCredentialProcess(settings.credential_process ?? '', {
        profile: name,
        limitMs: limits?.processMs,
        signal,
      });
    case 'webIdentity':
      return assumeRoleWithWebIdentity(profile, services);
    case 'sso':
      return ssoCredentials(profile, services);
    case 'login':
      return loginCredentials(profile, services);
    case 'none':
      throw new ProfileError({
        text: 'Profile "{0}" has no credentials: no keys, role, process or sign-in.',
        args: [name],
      });
  }
}

/** The keys that may assume the role of a profile. */
async function sourceKeys(profile: Profile, resolution: Resolution): Promise<AwsCredentialIdentity> {
  const { name, settings } = profile;
  const sourceName = nonEmpty(settings.source_profile);
  if (sourceName === undefined) return credentialSource(profile, resolution);
  const source = resolution.profiles.get(sourceName);
  if (source === undefined) {
    throw new ProfileError({
      text: 'Profile "{0}" gets its credentials from profile "{1}", which does not exist.',
      args: [name, sourceName],
    });
  }
  // As in the SDK and the CLI, the keys of a source override its role, so that a profile can be its own source.
  if (hasKeys(source)) return profileKeys(source);
  if (resolution.visited.has(sourceName)) {
    throw new ProfileError({
      text: 'Profile "{0}" refers back to itself through source_profile.',
      args: [sourceName],
    });
  }
  return resolveProfile(source, { ...resolution, visited: new Set([...resolution.visited, sourceName]) });
}

async function credentialSource(
  { name, settings }: Profile,
  { env, limits, signal }: Resolution,
): Promise<AwsCredentialIdentity> {
  switch (nonEmpty(settings.credential_source)) {
    case 'Environment': {
      const keys = environmentKeys(env);
      if (keys !== undefined) return keys;
      throw new CredentialsError({
        text: 'Profile "{0}" gets its credentials from the environment, which has none.',
        args: [name],
      });
    }
    case 'EcsContainer':
      return containerCredentials(signal, limits?.hostMs);
    case 'Ec2InstanceMetadata':
      return instanceCredentials(env, { signal, limitMs: limits?.hostMs });
    case undefined:
    default:
      throw new ProfileError({
        text: 'Profile "{0}" has a role but no source_profile and no valid credential_source.',
        args: [name],
      });
  }
}
