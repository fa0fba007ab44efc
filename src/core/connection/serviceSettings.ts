import { checkEndpoint, EndpointError, prefersPathStyle } from './stores/endpoint.js';
import type { Addressing } from './stores/stores.js';
import { nonEmpty, type Environment } from './environment.js';
import type { AwsFiles, Profile } from './profiles/profiles.js';

/** Where requests of a connection go, resolved for one profile. */
export interface ServiceSettings {
  /** The region that requests are signed for until a bucket's own region is known. */
  readonly region: string;
  /** Absent for AWS itself. No trailing slash. */
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
  readonly useFips: boolean;
  readonly useDualstack: boolean;
  readonly useAccelerate: boolean;
  /** A file of certificate authorities to trust in addition to those of Node. */
  readonly caBundle: string | undefined;
}

export interface ServiceOptions {
  readonly services: AwsFiles['services'];
  readonly env: Environment;
  /** Overrides the profile, unless it is `auto`. */
  readonly addressing?: Addressing | undefined;
}

/**
 * Endpoint and region for one profile, by the rules of the AWS CLI: environment before profile, a service-specific
 * endpoint before the general one, and never the endpoint of another profile (the SDK would read that of
 * `AWS_PROFILE`). FIPS and dual-stack hosts are AWS's own and are ignored if an endpoint is configured; accelerated
 * buckets are in the host name.
 * Sources: AWS SDKs and Tools Reference Guide, "Service-specific endpoints"; botocore's `configprovider.py` and
 * `args.py` for the rest.
 * @throws EndpointError if the endpoint is not valid, or acceleration is combined with a setting that excludes it
 */
export function resolveServiceSettings(
  profile: Profile | undefined,
  options: ServiceOptions,
): ServiceSettings {
  const { env } = options;
  const settings = profile?.settings ?? {};
  const endpoint = resolveEndpoint('s3', profile, options);
  const { useFips, useDualstack } = resolveHostVariant(profile, { env, endpoint });
  const useAccelerate = isOn(settings['s3.use_accelerate_endpoint']);
  if (useAccelerate) checkAcceleration(profile, { endpoint, useFips });
  const styles = [options.addressing, nonEmpty(settings['s3.addressing_style'])];
  return {
    region: resolveRegion(profile, env) ?? defaultRegion,
    endpoint,
    forcePathStyle: !useAccelerate && usesPathStyle(endpoint, styles),
    useFips,
    useDualstack: useDualstack || (endpoint === undefined && isOn(settings['s3.use_dualstack_endpoint'])),
    useAccelerate,
    caBundle: nonEmpty(env.AWS_CA_BUNDLE) ?? nonEmpty(settings.ca_bundle),
  };
}

/** Which of AWS's own hosts a profile asks for, for any service; neither if an endpoint is configured. */
export function resolveHostVariant(
  profile: Profile | undefined,
  { env, endpoint }: { readonly env: Environment; readonly endpoint: string | undefined },
): Pick<ServiceSettings, 'useFips' | 'useDualstack'> {
  if (endpoint !== undefined) return { useFips: false, useDualstack: false };
  const settings = profile?.settings ?? {};
  return {
    useFips: isOn(env.AWS_USE_FIPS_ENDPOINT, settings.use_fips_endpoint),
    useDualstack: isOn(env.AWS_USE_DUALSTACK_ENDPOINT, settings.use_dualstack_endpoint),
  };
}

/** The first preference for `path` or `virtual` decides, otherwise the endpoint. */
export function usesPathStyle(
  endpoint: string | undefined,
  preferences: readonly (string | undefined)[],
): boolean {
  const wish = preferences.find((style) => style === 'path' || style === 'virtual');
  return wish === undefined ? prefersPathStyle(endpoint) : wish === 'path';
}

/** The first value present decides. Only `true` counts, as in the AWS CLI: `1` and `yes` are off. */
function isOn(...values: readonly (string | undefined)[]): boolean {
  const value = values.map(nonEmpty).find((text) => text !== undefined);
  return value?.toLowerCase() === 'true';
}

function checkAcceleration(
  profile: Profile | undefined,
  { endpoint, useFips }: Pick<ServiceSettings, 'endpoint' | 'useFips'>,
): void {
  if (endpoint === undefined && !useFips) return;
  throw new EndpointError({
    text: useFips
      ? 'Profile "{0}" enables both S3 acceleration and a FIPS endpoint, which cannot be combined.'
      : 'Profile "{0}" enables S3 acceleration and sets its own endpoint, which cannot be combined.',
    args: [profile?.name ?? ''],
  });
}

/** Services by their names in the AWS files; the environment variables use upper case. */
export type ServiceName = 's3' | 'sts' | 'sso' | 'sso_oidc' | 'signin';

/**
 * The endpoint configured for a service, by the rules of {@link resolveServiceSettings}; undefined for AWS's own.
 * Source: AWS SDKs and Tools Reference Guide, "Identifiers for service-specific endpoints".
 * @throws EndpointError if the endpoint is not valid
 */
export function resolveEndpoint(
  service: ServiceName,
  profile: Profile | undefined,
  { services, env }: Pick<ServiceOptions, 'services' | 'env'>,
): string | undefined {
  const settings = profile?.settings ?? {};
  const ignored =
    nonEmpty(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS) ?? settings.ignore_configured_endpoint_urls;
  if (ignored?.toLowerCase() === 'true') return undefined;
  const configured =
    nonEmpty(env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`]) ??
    nonEmpty(env.AWS_ENDPOINT_URL) ??
    nonEmpty(servicesOf(profile, services)?.[`${service}.endpoint_url`]) ??
    nonEmpty(settings.endpoint_url);
  return configured === undefined ? undefined : checkEndpoint(configured);
}

/** Like the CLI, stops at an unknown name: otherwise the keys of one store would be sent to another. */
function servicesOf(
  profile: Profile | undefined,
  services: AwsFiles['services'],
): ReturnType<AwsFiles['services']['get']> {
  const name = nonEmpty(profile?.settings.services);
  if (name === undefined) return undefined;
  const section = services.get(name);
  if (section !== undefined) return section;
  throw new EndpointError({
    text: 'Profile "{0}" refers to the services section "{1}", which is missing or empty in your AWS files.',
    args: [profile?.name ?? '', name],
  });
}

/** Signed for if no region is configured, as in the AWS CLI for S3. */
export const defaultRegion = 'us-east-1';

/** The region of a profile: environment before profile; undefined if none is configured. */
export function resolveRegion(profile: Profile | undefined, env: Environment): string | undefined {
  return nonEmpty(env.AWS_REGION) ?? nonEmpty(env.AWS_DEFAULT_REGION) ?? nonEmpty(profile?.settings.region);
}
