import { fromLoginCredentials, fromSSO } from '@aws-sdk/credential-providers';
import { HttpRequest } from '@smithy/core/protocols';
import { isCancelled } from '../../async/cancelled.js';
import {
  clientConfig,
  isGeneralNetworkFailure,
  unreachableError,
  type CredentialServices,
  type Sender,
  type SignInOutcome,
} from './credentialServices.js';
import {
  CredentialServiceError,
  CredentialsError,
  ProfileError,
  RenewalPausedError,
  SignInNeededError,
  type AwsCredentialIdentity,
} from './identity.js';
import { nonEmpty } from '../environment.js';
import type { Profile } from '../profiles/profiles.js';
import { withMemoryFiles, type MemoryPaths } from '../profiles/memoryFiles.js';
import { memoryProfile, formatProfileConfig } from '../profiles/profileConfig.js';
import { isSupportedName } from '../profiles/sectionNames.js';
import { renewWithLock } from './renewalLock.js';
import { signInOf } from './signIn.js';
import { defaultRegion } from '../serviceSettings.js';

/**
 * Role credentials from a sign-in to IAM Identity Center, by `sso_session` or the older settings. The SDK renews the
 * token of a session. Source: AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider".
 * @throws SignInNeededError, ProfileError, CredentialsError, CredentialServiceError, RenewalPausedError
 */
export async function ssoCredentials(
  profile: Profile,
  services: CredentialServices,
): Promise<AwsCredentialIdentity> {
  assertReadableSession(profile);
  const [portal, oidc] = [services.endpoint(profile, 'sso'), services.endpoint(profile, 'sso_oidc')];
  const requests = new SignInRequests(services.requestHandler, ({ hostname }) =>
    hostname.startsWith('oidc') ? oidc : portal,
  );
  const provider = (paths: MemoryPaths) =>
    fromSSO({
      profile: memoryProfile,
      ...paths,
      clientConfig: {
        ...clientConfig(profile, 'sso', services),
        // No region: a sign-in has its own, which the profile's would override.
        // The SDK has one endpoint for both of its clients, but the portal and the token service may have two.
        endpoint: undefined,
        requestHandler: requests,
      },
    });
  return resolveSignIn(profile, { method: 'sso', provider, requests, services });
}

/**
 * Credentials from `aws login`. The SDK renews them and keeps the CLI's file up to date.
 * @throws SignInNeededError, CredentialsError, CredentialServiceError
 */
export function loginCredentials(
  profile: Profile,
  services: CredentialServices,
): Promise<AwsCredentialIdentity> {
  const requests = new SignInRequests(services.requestHandler);
  const provider = (paths: MemoryPaths) =>
    fromLoginCredentials({
      profile: memoryProfile,
      ...paths,
      clientConfig: {
        ...clientConfig(profile, 'signin', services),
        // The token's own region takes precedence.
        region: loginRegion(profile, services),
        requestHandler: requests,
      },
    });
  return resolveSignIn(profile, { method: 'login', provider, requests, services });
}

/** Where to renew an `aws login` session that names no region itself. */
export function loginRegion(profile: Profile, services: CredentialServices): string {
  return nonEmpty(profile.settings.region) ?? services.region(profile) ?? defaultRegion;
}

/** Sends the requests of the SDK's providers and keeps the last outcome: the providers keep only its message. */
class SignInRequests {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  #outcome: SignInOutcome | undefined;

  constructor(
    private readonly handler: Sender,
    /** The endpoint for a request that must not go where the SDK sends it. */
    private readonly endpointOf: (request: HttpRequest) => string | undefined = () => undefined,
  ) {}

  /** The outcome of the last request; undefined if there was none. */
  get outcome(): SignInOutcome | undefined {
    return this.#outcome;
  }

  async handle(...[request, options]: Parameters<Sender['handle']>): ReturnType<Sender['handle']> {
    const endpoint = this.endpointOf(request);
    try {
      const result = await this.handler.handle(
        endpoint === undefined ? request : redirectTo(endpoint, request),
        options,
      );
      this.#outcome = outcomeOf(result.response);
      return result;
    } catch (error) {
      this.#outcome = { kind: 'unreached', error };
      throw error;
    }
  }

  updateHttpClientConfig(): void {
    return;
  }

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

function outcomeOf({ statusCode, headers }: SignInResponse): SignInOutcome {
  // These services always answer in JSON, even when they refuse.
  if (headers['content-type']?.includes('html') === true) return { kind: 'webPage' };
  return { kind: statusCode === 429 || statusCode >= 500 ? 'busy' : 'answered' };
}

type SignInResponse = Awaited<ReturnType<Sender['handle']>>['response'];

function redirectTo(endpoint: string, request: HttpRequest): HttpRequest {
  const { protocol, host, hostname, port, pathname } = new URL(endpoint);
  const moved = HttpRequest.clone(request);
  moved.protocol = protocol;
  moved.hostname = hostname;
  moved.port = port === '' ? undefined : Number(port);
  moved.path = pathname.replace(/\/$/, '') + request.path;
  moved.headers.host = host;
  return moved;
}

interface SignInAttempt {
  readonly method: 'sso' | 'login';
  readonly provider: (paths: MemoryPaths) => () => Promise<AwsCredentialIdentity>;
  readonly requests: SignInRequests;
  readonly services: CredentialServices;
}

async function resolveSignIn(
  profile: Profile,
  { method, provider, requests, services }: SignInAttempt,
): Promise<AwsCredentialIdentity> {
  const session = profile.settings.sso_session ?? '';
  const { renewals } = services;
  const config = formatProfileConfig(profile, services.ssoSession(session));
  const ask = () => withMemoryFiles({ config, credentials: '' }, (paths) => provider(paths)());
  const file = signInOf(profile, services.env)?.tokenFile;
  try {
    if (file === undefined) return await ask();
    const isRefused = () => requests.outcome?.kind === 'answered';
    return await renewWithLock(file, ask, { signal: services.signal, isRefused });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const before = isPaused(error) ? renewals.get(session) : undefined;
    const outcome = requests.outcome ?? before;
    if (outcome !== undefined) renewals.set(session, outcome);
    if (requests.outcome === undefined && wasCancelled(before)) throw renewalPaused(profile);
    // Takes precedence over the message of the error, which mentions a sign-in whatever the cause.
    throw requestFailure(outcome, profile) ?? signInFailure(error, { profile, method });
  }
}

/** No request was sent: the SDK renews the token of a session at most once every half minute. */
function isPaused({ message }: Error): boolean {
  return message.startsWith('Token is expired');
}

function wasCancelled(outcome: SignInOutcome | undefined): boolean {
  return outcome?.kind === 'unreached' && isCancelled(outcome.error);
}

function renewalPaused({ name }: Profile): RenewalPausedError {
  return new RenewalPausedError({
    text: 'Renewing the sign-in of profile "{0}" was canceled a moment ago. Try again in half a minute.',
    args: [name],
  });
}

function requestFailure(outcome: SignInOutcome | undefined, profile: Profile): unknown {
  const args = [profile.name];
  switch (outcome?.kind) {
    case undefined:
    case 'answered':
      return undefined;
    case 'unreached': {
      const { error } = outcome;
      return isCancelled(error) || isGeneralNetworkFailure(error) ? error : unreachableError(profile);
    }
    case 'busy':
      return new CredentialServiceError({
        text: 'The AWS service that provides credentials for profile "{0}" is busy or temporarily unavailable. Try again.',
        args,
      });
    case 'webPage':
      return new CredentialServiceError({
        text: 'A web page answered instead of the AWS service that provides credentials for profile "{0}". Check the network, the proxy and its endpoint, then try again.',
        args,
      });
  }
}

/** Messages of the SDK's providers, and of the services, whose errors the providers include in their own messages. */
const needed =
  /SSO session|SSO token|Token is expired|Cannot refresh|re-?authenticate|Failed to load (?:a )?token|UnauthorizedException|Value not present for/i;

function signInFailure(
  error: Error,
  { profile, method }: { readonly profile: Profile; readonly method: 'sso' | 'login' },
): unknown {
  const { name, settings } = profile;
  // The SDK does not check that the session is in the file before reading its properties.
  if (error.message.includes("(reading 'sso_region')")) {
    return new ProfileError({
      text: 'Profile "{0}" refers to the sso-session "{1}", which does not exist in your AWS files.',
      args: [name, settings.sso_session ?? ''],
    });
  }
  if (/invalid SSO credentials|is missing required property/.test(error.message)) {
    return incompleteSignIn(profile);
  }
  if (/ForbiddenException|ResourceNotFoundException/.test(error.message)) {
    return new CredentialsError({
      text: 'IAM Identity Center does not grant profile "{0}" its role in its account.',
      args: [name],
    });
  }
  if (error.message.includes('insufficient permissions')) {
    return new CredentialsError({
      text: 'Profile "{0}" cannot renew its sign-in: it lacks the permission signin:CreateOAuth2Token.',
      args: [name],
    });
  }
  return needed.test(error.message) ? new SignInNeededError(name, method) : error;
}

/** The SDK reads the session itself, and keeps its token under the session's name. */
function assertReadableSession({ name, settings }: Profile): void {
  const session = nonEmpty(settings.sso_session);
  if (session === undefined || isSupportedName(session)) return;
  throw new ProfileError({
    text: 'The sso-session name "{1}" of profile "{0}" cannot be read. Rename it with letters, digits, "-" and "_" only, then sign in again.',
    args: [name, session],
  });
}

function incompleteSignIn({ name, settings }: Profile): ProfileError {
  const session = nonEmpty(settings.sso_session);
  const hasAccount = [settings.sso_account_id, settings.sso_role_name].every(
    (setting) => nonEmpty(setting) !== undefined,
  );
  if (session !== undefined && hasAccount) {
    return new ProfileError({
      text: 'The sso-session "{1}" of profile "{0}" has no region (sso_region) or no start page (sso_start_url).',
      args: [name, session],
    });
  }
  if (session === undefined && hasAccount && nonEmpty(settings.sso_region) === undefined) {
    return new ProfileError({
      text: 'Profile "{0}" has no region for its sign-in. Add sso_region.',
      args: [name],
    });
  }
  return new ProfileError({
    text: 'Profile "{0}" is missing one of sso_account_id, sso_role_name, sso_region and sso_start_url.',
    args: [name],
  });
}
