import type { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { isAnswer } from '../../async/cancelled.js';
import { hasNetwork, isOffline, networkFacts } from '../../failures/network.js';
import { CredentialServiceError, ProfileError } from './identity.js';
import type { Environment } from '../environment.js';
import type { AwsFiles, Profile, Section } from '../profiles/profiles.js';
import { EndedHandler } from '../requests/endedRequests.js';
import type { S3RequestHandler } from '../requests/requestHandler.js';
import type { S3Retry } from '../requests/s3Retry.js';
import {
  resolveEndpoint,
  resolveHostVariant,
  resolveRegion,
  usualRegion,
  type ServiceName,
} from '../serviceSettings.js';

type RequestHandler = NonNullable<
  Parameters<typeof fromTemporaryCredentials>[0]['clientConfig']
>['requestHandler'];

/**
 * What became of a request to a service behind a sign-in: the service answered, or had no time or a fault; something
 * else answered in its place; or nothing did.
 */
export type SignInOutcome =
  | { readonly kind: 'answered' | 'busy' | 'webPage' }
  | { readonly kind: 'unreached'; readonly error: unknown };

/** Through which the SDK's clients send. */
export type Sender = Pick<S3RequestHandler, keyof EndedHandler>;

/** By what the services that give credentials are asked. */
interface ServiceRequests {
  readonly requestHandler: Sender;
  readonly retry: S3Retry;
  /** Named in the user agent. */
  readonly version: string;
  /** How the token of each SSO session was last renewed in vain. */
  readonly renewals: Map<string, SignInOutcome>;
}

export interface CredentialServicesOptions extends ServiceRequests {
  readonly services: AwsFiles['services'];
  readonly ssoSessions: AwsFiles['ssoSessions'];
  readonly env: Environment;
  /** The profile that was selected. Those that it stands on are asked for in its region where they name none. */
  readonly selected: Profile | undefined;
}

/** Where the services that give credentials are asked, and by what. */
export interface CredentialServices extends ServiceRequests {
  readonly env: Environment;
  /** Ends what is asked. */
  readonly signal?: AbortSignal;
  readonly region: (profile: Profile) => string | undefined;
  readonly ssoSession: (name: string) => Section | undefined;
  /** The endpoint that is configured for a profile; undefined for AWS's own. */
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

/** The same services; the signal ends what they are asked. */
export function endedBy(signal: AbortSignal, services: CredentialServices): CredentialServices {
  return { ...services, signal, requestHandler: new EndedHandler(services.requestHandler, signal) };
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

/** Settings for the SDK's client of one service. Without its region, which a sign-in has of its own. */
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
    // Given even where off: the SDK would take those of AWS_PROFILE.
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
 * The region in which the role of a profile is assumed. At an endpoint of its own it is only signed for.
 * @throws ProfileError where none is named, and AWS's own STS of a region cannot be told
 */
export function stsRegion(profile: Profile, services: CredentialServices): string {
  const region = services.region(profile);
  if (region !== undefined) return region;
  if (services.endpoint(profile, 'sts') !== undefined) return usualRegion;
  throw new ProfileError({
    text: 'Profile "{0}" needs a region to assume its role. Add one to the profile, such as region = us-east-1, or set AWS_REGION.',
    args: [profile.name],
  });
}

/** Codes of Node, and the words of `fetch`, which the SDK's providers copy into errors of their own. */
const unreachable =
  /fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError|socket hang up|connection to proxies/;
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

/** Whether a service was not reached for a reason that has a sentence of its own, whatever was asked for. */
export function isExplainedElsewhere(error: unknown): boolean {
  const facts = networkFacts(error, statusOf(error));
  const { isProxyDown, proxyStatus } = facts;
  if (isProxyDown || proxyStatus !== undefined) return true;
  return certificate.test(wordsOf(error)) || isOffline(facts, hasNetwork);
}

/** The status of an answer, where an error of the SDK stands for one. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { $metadata: metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return metadata?.httpStatusCode;
}

/** The sentence for a service that was not reached; undefined where the failure is another one. */
export function unreachableService(error: unknown, profile: Profile): CredentialServiceError | undefined {
  return isExplainedElsewhere(error) || !unreachable.test(wordsOf(error)) ? undefined : unreached(profile);
}

export function unreached({ name }: Profile): CredentialServiceError {
  return new CredentialServiceError({
    text: 'The AWS service that provides credentials for profile "{0}" could not be reached. Check the network and the proxy, then try again.',
    args: [name],
  });
}

/** Names, codes and messages of an error and of what caused it; nothing of what a service answered. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error) || isAnswer(error)) return '';
  const { code } = error as { readonly code?: unknown };
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return [error.name, typeof code === 'string' ? code : '', error.message, ...inner.map(wordsOf)].join(' ');
}
