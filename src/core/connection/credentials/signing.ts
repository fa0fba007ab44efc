import type { Message } from '../../failures/message.js';
import { isInContainer } from './hostCredentials.js';
import { nonEmpty, type Environment } from '../environment.js';
import type { AwsFiles, Profile } from '../profiles/profiles.js';
import { resolveEndpoint, type ServiceName } from '../serviceSettings.js';
import { environmentKeys, hasKeys } from './staticKeys.js';

/** What is known about how a connection signs before credentials are requested. */
export interface Signing {
  /** What signs, followed by what it depends on. Never a secret. */
  readonly steps: readonly Message[];
  /** The endpoints other than AWS's own that credentials are requested from. */
  readonly endpoints: readonly string[];
  /** The profile that the user signs in for; absent if no sign-in is needed. */
  readonly signIn?: Profile | undefined;
}

interface SigningConfig extends Pick<AwsFiles, 'profiles' | 'services'> {
  readonly env: Environment;
}

export const unknownSigning: Signing = { steps: [], endpoints: [] };

/** Keys that the editor keeps for a connection. */
export const storedSigning: Signing = {
  steps: [{ text: "keys in VS Code's secret storage" }],
  endpoints: [],
};

/**
 * How the credentials of a profile are obtained.
 * @throws EndpointError if one of the endpoints involved is not valid
 */
export function profileSigning(profile: Profile, config: SigningConfig): Signing {
  const chain = chainOf(profile, config.profiles);
  const endpoints = chain.flatMap((at) =>
    servicesOf[at.kind].map((service) => resolveEndpoint(service, at, config)),
  );
  return {
    steps: chain.flatMap((at, index) => stepsOf(at, { isLast: index === chain.length - 1, config })),
    endpoints: [...new Set(endpoints.filter((endpoint) => endpoint !== undefined))],
    signIn: chain.find(({ kind }) => kind === 'sso' || kind === 'login'),
  };
}

/** Like {@link profileSigning}, for what the AWS CLI finds if no profile is named, in the order in which it looks. */
export function ambientSigning(profile: Profile | undefined, config: SigningConfig): Signing {
  const { env } = config;
  const { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: role } = env;
  if (environmentKeys(env) !== undefined) return { steps: [environment], endpoints: [] };
  if (nonEmpty(token) !== undefined && nonEmpty(role) !== undefined && profile?.kind !== 'role') {
    const endpoint = resolveEndpoint('sts', profile, config);
    return { steps: [webIdentity(role)], endpoints: endpoint === undefined ? [] : [endpoint] };
  }
  if (profile !== undefined && profile.kind !== 'none') return profileSigning(profile, config);
  return { steps: [isInContainer(env) ? container : instance], endpoints: [] };
}

/** The services that credentials are requested from, by kind of profile. */
const servicesOf = {
  role: ['sts'],
  webIdentity: ['sts'],
  sso: ['sso', 'sso_oidc'],
  login: ['signin'],
  keys: [],
  process: [],
  none: [],
} as const satisfies Readonly<Record<Profile['kind'], readonly ServiceName[]>>;

/** A profile and the source profiles that it depends on. */
function chainOf(profile: Profile, profiles: AwsFiles['profiles']): readonly Profile[] {
  const chain = [profile];
  for (let at = profile; at.kind === 'role';) {
    const source = profiles.get(nonEmpty(at.settings.source_profile) ?? '');
    // As when obtaining them: the keys of a source override its role.
    if (source === undefined || hasKeys(source) || chain.includes(source)) break;
    chain.push(source);
    at = source;
  }
  return chain;
}

const environment: Message = { text: 'environment keys' };
const container: Message = { text: 'container credentials' };
const instance: Message = { text: 'instance credentials' };

function webIdentity(role: string | undefined): Message {
  return { text: 'role {0}, through web identity', args: [role ?? ''] };
}

function stepsOf(
  { name, kind, settings }: Profile,
  { isLast, config }: { readonly isLast: boolean; readonly config: SigningConfig },
): readonly Message[] {
  switch (kind) {
    case 'role': {
      const role = { text: 'role {0}', args: [settings.role_arn ?? ''] };
      return isLast ? [role, ...roleSource(settings, config)] : [role];
    }
    case 'keys':
      return [keysOf(name)];
    case 'webIdentity':
      return [webIdentity(settings.role_arn)];
    case 'process':
      return [{ text: 'credential_process of profile {0}', args: [name] }];
    case 'sso':
      return [ssoStep(settings)];
    case 'login':
      return [{ text: 'sign-in through aws login ({0})', args: [settings.login_session ?? ''] }];
    case 'none':
      return [];
  }
}

function keysOf(name: string): Message {
  return { text: 'keys of profile {0}', args: [name] };
}

function ssoStep(settings: Profile['settings']): Message {
  const session = nonEmpty(settings.sso_session);
  return session === undefined
    ? { text: 'SSO sign-in at {0}', args: [settings.sso_start_url ?? ''] }
    : { text: 'SSO session {0}', args: [session] };
}

/** The source of the last role in a chain, unless it is a profile with its own steps. */
function roleSource(settings: Profile['settings'], { profiles }: SigningConfig): readonly Message[] {
  const source = nonEmpty(settings.source_profile);
  if (source !== undefined) {
    const profile = profiles.get(source);
    return profile !== undefined && hasKeys(profile) ? [keysOf(source)] : [];
  }
  switch (nonEmpty(settings.credential_source)) {
    case 'Environment':
      return [environment];
    case 'EcsContainer':
      return [container];
    case 'Ec2InstanceMetadata':
      return [instance];
    case undefined:
    default:
      return [];
  }
}
