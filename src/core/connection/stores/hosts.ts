import { storeHosts } from './stores.js';

/** A parsed host name of Amazon S3. */
export interface AwsHost {
  /** The bucket or access point before the host; undefined if it is in the path. */
  readonly hostPrefix: string | undefined;
  /** The host without `hostPrefix`. */
  readonly host: string;
  readonly service: AwsService;
  /** Absent in the global host. */
  readonly region: string | undefined;
  readonly isFips: boolean;
  readonly isDualstack: boolean;
  readonly isChina: boolean;
}

export type AwsService =
  | 's3'
  | 's3-website'
  | 's3-accelerate'
  | 's3express'
  | 's3-accesspoint'
  | 's3-object-lambda'
  | 's3-outposts'
  | 's3-global';

// Sources: AWS General Reference, "Amazon S3 endpoints and quotas"; Amazon S3 User Guide, "Dual-stack endpoints",
// "Access points" and "Making requests through a Multi-Region Access Point". `s3-us-west-2` and `s3-external-1` are
// older formats.
const awsHost =
  /^(?:(?<before>.+)\.)?(?<host>(?<service>s3-accesspoint|s3-object-lambda|s3-outposts|s3-accelerate|s3-global|s3-website|s3express|s3)(?<fips>-fips)?(?:-[a-z0-9]+-az\d+)?(?<dualstack>\.dualstack)?(?:[.-](?<region>[a-z0-9-]+))?\.amazonaws\.(?:com(?<china>\.cn)?|eu))$/;

/** AWS PrivateLink for Amazon S3: "Accessing Amazon S3 interface endpoints" in the User Guide. */
const interfaceHost =
  /^(?:(?<before>.+)\.)?(?<host>(?:bucket|(?<point>accesspoint))\.vpce-[a-z0-9-]+\.s3\.(?<region>[a-z0-9-]+)\.vpce\.amazonaws\.com)$/;

/** The longest DNS name, with a trailing dot; the patterns here take quadratic time. Source: RFC 1035, section 3.1. */
const maxHostLength = 254;

/** Undefined if the host is not an AWS host of S3. */
export function parseAwsHost(host: string): AwsHost | undefined {
  if (host.length > maxHostLength) return undefined;
  const own = interfaceHost.exec(host)?.groups;
  const groups = own ?? awsHost.exec(host)?.groups;
  if (groups === undefined) return undefined;
  const { before: hostPrefix, region, fips, dualstack, china, point } = groups;
  const service = point === undefined ? (groups.service ?? 's3') : 's3-accesspoint';
  return {
    hostPrefix,
    host: groups.host ?? '',
    service: service as AwsService,
    region,
    isFips: fips !== undefined,
    isDualstack: dualstack !== undefined,
    isChina: china !== undefined,
  };
}

/** Whether a host belongs to AWS, whatever it serves. */
export function isAwsHost(host: string): boolean {
  return /\.amazonaws\.(?:com(?:\.cn)?|eu)$/.test(host);
}

/** Whether an interface endpoint is for access points, which come before it in the host name. */
export function supportsAccessPoints(host: string): boolean {
  return interfaceHost.exec(host)?.groups?.point !== undefined;
}

// Lazy, because the host may begin with a word that could be a bucket: `s3.oss-...`.
const storeHost = withBucket('(?:(?<before>.+?)\\.)??', storeHosts);
/** Also hosts that begin with `s3.`, and this machine. */
const likelyHost = withBucket('(?:(?<before>.+)\\.)?', [
  ...storeHosts,
  'localhost',
  String.raw`s3\.[a-z0-9.-]+`,
]);

function withBucket(before: string, hosts: readonly string[]): RegExp {
  return new RegExp(`^${before}(?<host>${hosts.join('|')})$`);
}

export interface StoreHost {
  /** The bucket before the host; undefined if it is in the path. */
  readonly hostPrefix: string | undefined;
  readonly host: string;
}

/** A store's host in a known format; `likely` also accepts hosts that look like one. */
export function parseStoreHost(host: string, how: 'sure' | 'likely'): StoreHost | undefined {
  if (host.length > maxHostLength) return undefined;
  const groups = (how === 'sure' ? storeHost : likelyHost).exec(host)?.groups;
  return groups === undefined ? undefined : { hostPrefix: groups.before, host: groups.host ?? '' };
}

/** The rest of a path after an endpoint's; undefined if it does not begin with that. Both without the first slash. */
export function pathAfterEndpoint(endpoint: URL, path: string): string | undefined {
  const own = endpoint.pathname.replace(/^\/|\/+$/g, '');
  if (own === '' || path === own) return own === '' ? path : '';
  return path.startsWith(`${own}/`) ? path.slice(own.length + 1) : undefined;
}
