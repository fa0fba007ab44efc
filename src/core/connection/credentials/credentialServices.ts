import type { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { isServerError } from '../../failures/serverError.js';
import { hasNetwork, isOffline, networkFacts } from '../../failures/network.js';
import { CredentialServiceError, ProfileError } from './identity.js';
import type { Environment } from '../environment.js';
import type { AwsFiles, Profile, Section } from '../profiles/profiles.js';
import { AbortableHandler } from '../requests/abortableRequests.js';
import type { S3RequestHandler } from '../requests/requestHandler.js';
import type { S3Retry } from '../requests/s3Retry.js';
import {
  resolveEndpoint,
  resolveHostVariant,
  resolveRegion,
  defaultRegion,
  type ServiceName,
} from '../serviceSettings.js';

type RequestHandler = NonNullable<
  Parameters<typeof fromTemporaryCredentials>[0]['clientConfig']
>['requestHandler'];

/**
 * The outcome of a request to a service behind a sign-in: the service answered, or was overloaded or failing (`busy`);
 * something else answered (`webPage`); or nothing did.
 */
export type SignInOutcome =
  | { readonly kind: 'answered' | 'busy' | 'webPage' }
  | { readonly kind: 'unreached'; readonly error: unknown };

/** What the SDK's clients send through. */
export type Sender = Pick<S3RequestHandler, keyof AbortableHandler>;

/** How requests to the services that issue credentials are sent. */
interface ServiceRequests {
  readonly requestHandler: Sender;
  readonly retry: S3Retry;
  /** Named in the user agent. */
  readonly version: string;
  /** The outcome of the last failed token renewal of each SSO session. */
  readonly renewals: Map<string, SignInOutcome>;
}

export interface CredentialServicesOptions extends ServiceRequests {
  readonly services: AwsFiles['services'];
  readonly ssoSessions: AwsFiles['ssoSessions'];
  readonly env: Environment;
  /** The selected profile. Its region applies to the source profiles it depends on, if they have none. */
  readonly selected: Profile | undefined;
}

/** The services that issue credentials: where they are, and how to send requests to them. */
export interface CredentialServices extends ServiceRequests {
  readonly env: Environment;
  /** Cancels the requests. */
  readonly signal?: AbortSignal;
  readonly region: (profile: Profile) => string | undefined;
  readonly ssoSession: (name: string) => Section | undefined;
  /** The endpoint configured for a profile; undefined for AWS's own. */
  readonly endpoint: (profile: Profile, service: ServiceName) => string | undefined;
  readonly hostVariant: (profile: Profile, service: ServiceName) => ReturnType<typeof resolveHostVariant>;
}

/** The services as each profile configures them, by the rules of {@link resolveEndpoint}. */
export function credentialServices(options: CredentialServicesOptions): CredentialServices {
  const { env, selected, requestHandler, retry, version, renewals } = options;
  const endpoint = (profile: Profile, service: ServiceName) => resolveEndpoint(service, profile, options);
  return {
    env,
    region: (profile) => resolveRegion(profile, env) ?? resolveRegion(selected, env),
    ssoSession: (name) => options.ssoSessions.get(name),
    endpoint,
    hostVariant: (profile, service) =>
      resolveHostVariant(profile, { env, endpoint: endpoint(profile, service) }),
    requestHandler,
    retry,
    version,
    renewals,
  };
}

/** The same services; the signal cancels their requests. */
export function abortableServices(signal: AbortSignal, services: CredentialServices): CredentialServices {
  return { ...services, signal, requestHandler: new AbortableHandler(services.requestHandler, signal) };
}

export interface ServiceClientConfig {
  readonly endpoint?: string;
  readonly ignoreConfiguredEndpointUrls: true;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly requestHandler: RequestHandler;
  readonly retryStrategy: S3Retry;
  readonly maxAttempts: number;
  readonly customUserAgent: [string, string][];
}

/** Settings for the SDK's client of one service. Without a region, because a sign-in has its own. */
export function clientConfig(
  profile: Profile,
  service: ServiceName,
  services: CredentialServices,
): ServiceClientConfig {
  const url = services.endpoint(profile, service);
  const { useFips, useDualstack } = services.hostVariant(profile, service);
  const { requestHandler, retry, version } = services;
  return {
    ...(url === undefined ? {} : { endpoint: url }),
    // Set even when off: the SDK would otherwise use the settings of AWS_PROFILE.
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: useFips,
    useDualstackEndpoint: useDualstack,
    requestHandler,
    retryStrategy: retry,
    maxAttempts: retry.attempts,
    customUserAgent: [['signpost', version]],
  };
}

/**
 * The region in which the role of a profile is assumed. With a configured endpoint, it is only used for signing.
 * @throws ProfileError if no region and no endpoint is configured, so AWS's regional STS is unknown
 */
export function stsRegion(profile: Profile, services: CredentialServices): string {
  const region = services.region(profile);
  if (region !== undefined) return region;
  if (services.endpoint(profile, 'sts') !== undefined) return defaultRegion;
  throw new ProfileError({
    text: 'Profile "{0}" needs a region to assume its role. Add one to the profile, such as region = us-east-1, or set AWS_REGION.',
    args: [profile.name],
  });
}

/** Error codes of Node and messages of `fetch`, which the SDK's providers copy into their own errors. */
const unreachable =
  /fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|socket hang up|connection to proxies/;
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

/** Whether a service was not reached for a reason that has its own message, whatever the request was. */
export function isGeneralNetworkFailure(error: unknown): boolean {
  const facts = networkFacts(error, statusOf(error));
  const { isProxyDown, proxyStatus } = facts;
  if (isProxyDown || proxyStatus !== undefined) return true;
  return certificate.test(errorText(error)) || isOffline(facts, hasNetwork);
}

/** The status of a response, if the SDK error represents one. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { $metadata: metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return metadata?.httpStatusCode;
}

/** The error for a service that was not reached; undefined for other failures. */
export function unreachableService(error: unknown, profile: Profile): CredentialServiceError | undefined {
  return isGeneralNetworkFailure(error) || !unreachable.test(errorText(error))
    ? undefined
    : unreachableError(profile);
}

export function unreachableError({ name }: Profile): CredentialServiceError {
  return new CredentialServiceError({
    text: 'The AWS service that provides credentials for profile "{0}" could not be reached. Check the network and the proxy, then try again.',
    args: [name],
  });
}

/** Names, codes and messages of an error and its causes, but nothing from a service's response. */
function errorText(error: unknown): string {
  if (!(error instanceof Error) || isServerError(error)) return '';
  const { code } = error as { readonly code?: unknown };
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return [error.name, typeof code === 'string' ? code : '', error.message, ...inner.map(errorText)].join(' ');
}
