import { fromLoginCredentials, fromSSO } from '@aws-sdk/credential-providers';
import { HttpRequest } from '@smithy/core/protocols';
import {
  clientConfig,
  isExplainedElsewhere,
  unreachableService,
  type CredentialServices,
} from './credentialServices.js';
import { CredentialsError, ProfileError, SignInNeededError, type AwsCredentialIdentity } from './identity.js';
import { nonEmpty, type Profile } from '../profiles.js';
import type { S3RequestHandler } from '../requests/requestHandler.js';
import { usualRegion } from '../serviceSettings.js';

/**
 * Credentials of a role by a sign-in to IAM Identity Center, by `sso_session` or the older form. The SDK renews the
 * token of a session. Source: AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider".
 * @throws SignInNeededError, ProfileError, CredentialsError, CredentialServiceError
 */
export function ssoCredentials(
  profile: Profile,
  services: CredentialServices,
): Promise<AwsCredentialIdentity> {
  const { name } = profile;
  const [portal, oidc] = [services.endpoint(profile, 'sso'), services.endpoint(profile, 'sso_oidc')];
  const requestHandler = new SsoRequestHandler(services.requestHandler, { portal, oidc });
  const provider = fromSSO({
    profile: name,
    ignoreCache: true,
    clientConfig: {
      ...clientConfig(profile, 'sso', services),
      // Without a region: a sign-in has its own, which the profile's would displace.
      // The handler sends each of the two services to its own endpoint.
      endpoint: undefined,
      requestHandler,
    },
  });
  return signedIn(profile, { by: 'sso', provider, networkFailure: () => requestHandler.failure });
}

/**
 * Credentials by `aws login`. The SDK renews them and keeps the CLI's file up to date.
 * @throws SignInNeededError, CredentialsError, CredentialServiceError
 */
export function loginCredentials(
  profile: Profile,
  services: CredentialServices,
): Promise<AwsCredentialIdentity> {
  const { name, settings } = profile;
  const provider = fromLoginCredentials({
    profile: name,
    ignoreCache: true,
    clientConfig: {
      ...clientConfig(profile, 'signin', services),
      // The token's own region wins, then the profile's.
      region: nonEmpty(settings.region) ?? services.region(profile) ?? usualRegion,
    },
  });
  return signedIn(profile, { by: 'login', provider });
}

/** The SDK gives both of its clients one endpoint, but the portal and the one that renews tokens may have two. */
class SsoRequestHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  #failure: unknown;

  constructor(
    private readonly handler: S3RequestHandler,
    private readonly endpoints: { readonly portal: string | undefined; readonly oidc: string | undefined },
  ) {}

  /** What the network threw last: the SDK's providers keep no more of it than words. */
  get failure(): unknown {
    return this.#failure;
  }

  async handle(
    ...[request, options]: Parameters<S3RequestHandler['handle']>
  ): ReturnType<S3RequestHandler['handle']> {
    const { portal, oidc } = this.endpoints;
    const endpoint = request.hostname.startsWith('oidc') ? oidc : portal;
    try {
      return await this.handler.handle(endpoint === undefined ? request : sentTo(endpoint, request), options);
    } catch (error) {
      this.#failure = error;
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

function sentTo(endpoint: string, request: HttpRequest): HttpRequest {
  const { protocol, host, hostname, port, pathname } = new URL(endpoint);
  const moved = HttpRequest.clone(request);
  moved.protocol = protocol;
  moved.hostname = hostname;
  moved.port = port === '' ? undefined : Number(port);
  moved.path = pathname.replace(/\/$/, '') + request.path;
  moved.headers.host = host;
  return moved;
}

interface SignIn {
  readonly by: 'sso' | 'login';
  readonly provider: () => Promise<AwsCredentialIdentity>;
  readonly networkFailure?: () => unknown;
}

async function signedIn(
  profile: Profile,
  { by, provider, networkFailure }: SignIn,
): Promise<AwsCredentialIdentity> {
  try {
    return await provider();
  } catch (error) {
    const failure = networkFailure?.();
    if (isExplainedElsewhere(failure)) throw failure;
    throw error instanceof Error ? signInFailure(error, { profile, by }) : error;
  }
}

/** The words of the SDK's providers, and of the services, whose errors they put into the text of their own. */
const needed =
  /SSO session|SSO token|Token is expired|Cannot refresh|re-?authenticate|login\/cache|UnauthorizedException|Value not present for/i;

function signInFailure(
  error: Error,
  { profile, by }: { readonly profile: Profile; readonly by: 'sso' | 'login' },
): unknown {
  const { name, settings } = profile;
  const unreached = unreachableService(error, profile);
  if (unreached !== undefined) return unreached;
  // The SDK reads a session that is not in the file as if it were there.
  if (error.message.includes("(reading 'sso_region')")) {
    return new ProfileError({
      text: 'Profile "{0}" names the sso-session "{1}", which the AWS files do not have.',
      args: [name, settings.sso_session ?? ''],
    });
  }
  if (/invalid SSO credentials|is missing required property/.test(error.message)) {
    return incompleteSignIn(profile);
  }
  if (/ForbiddenException|ResourceNotFoundException/.test(error.message)) {
    return new CredentialsError({
      text: 'IAM Identity Center gives profile "{0}" no access to its account with its role.',
      args: [name],
    });
  }
  if (error.message.includes('insufficient permissions')) {
    return new CredentialsError({
      text: 'Profile "{0}" may not renew its sign-in: it lacks the permission signin:CreateOAuth2Token.',
      args: [name],
    });
  }
  return needed.test(error.message) ? new SignInNeededError(name, by) : error;
}

function incompleteSignIn({ name, settings }: Profile): ProfileError {
  const session = nonEmpty(settings.sso_session);
  const hasAccount = [settings.sso_account_id, settings.sso_role_name].every(
    (setting) => nonEmpty(setting) !== undefined,
  );
  if (session !== undefined && hasAccount) {
    return new ProfileError({
      text: 'The sso-session "{1}" of profile "{0}" lacks its region (sso_region) or its start page (sso_start_url).',
      args: [name, session],
    });
  }
  if (session === undefined && hasAccount && nonEmpty(settings.sso_region) === undefined) {
    return new ProfileError({
      text: 'Profile "{0}" lacks the region of its sign-in: add sso_region.',
      args: [name],
    });
  }
  return new ProfileError({
    text: 'Profile "{0}" lacks one of sso_account_id, sso_role_name, sso_region and sso_start_url.',
    args: [name],
  });
}
