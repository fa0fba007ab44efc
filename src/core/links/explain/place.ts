import { partitionOf } from '../../storage/location.js';
import type { HostFeature, LinkPlace } from './parsedLink.js';

export interface PlaceOptions {
  /** An endpoint that the person uses: of addresses at its host it is known where the bucket stands. */
  readonly endpoint?: string | undefined;
  /** Whether the request can only be about an object, never about the bucket. */
  readonly isAboutObject?: boolean;
}

interface Address {
  /** In lower case, without a port. */
  readonly host: string;
  /** Decoded, without the first slash. */
  readonly path: string;
}

// Sources: AWS General Reference, "Amazon S3 endpoints and quotas"; Amazon S3 User Guide, "Dual-stack endpoints" and
// "Access points". `s3-us-west-2` and `s3-external-1` are older forms.
const awsHost =
  /^(?:(?<before>.+)\.)?(?<service>s3-accesspoint|s3-object-lambda|s3-outposts|s3-accelerate|s3-global|s3express|s3)(?<fips>-fips)?(?:-(?<zone>[a-z0-9]+-az\d+))?(?<dualstack>\.dualstack)?(?:[.-](?<region>[a-z0-9-]+))?\.amazonaws\.(?:com|eu)(?<china>\.cn)?$/;

/** Hosts of stores whose form is known, with a bucket before them or none. */
const knownHost =
  /^(?:(?<before>.+)\.)?(?:[0-9a-f]{32}(?:\.[a-z]+)?\.r2\.cloudflarestorage\.com|s3\.[a-z0-9-]+\.backblazeb2\.com|s3(?:\.[a-z0-9-]+)?\.wasabisys\.com|[a-z]{3}\d\.digitaloceanspaces\.com|storage\.googleapis\.com|localhost|s3\.[a-z0-9.-]+)$/;

/** Names that an S3 server of one's own goes by, and that no bucket is likely to have. */
const serverLabel =
  /^(?:s3|s3[.-].*|minio|storage|objects?|objectstorage|ceph|rgw|rook|garage|seaweedfs|oss|cos|obs)$/;

/** The bucket and the key of an address, and where in it the bucket stands. Undefined where it names none. */
export function placeOf(address: Address, options: PlaceOptions = {}): LinkPlace | undefined {
  const aws = awsHost.exec(address.host)?.groups;
  if (aws !== undefined) return awsPlace(address.path, aws);
  return atEndpoint(address, options.endpoint) ?? atKnownHost(address) ?? guess(address, options);
}

/** The region that a host of AWS names; undefined for others. */
export function hostRegion(host: string): string | undefined {
  const groups = awsHost.exec(host)?.groups;
  if (groups === undefined) return undefined;
  const { region } = groups;
  return region === undefined || region === 'external-1' ? 'us-east-1' : region;
}

function awsPlace(path: string, groups: Readonly<Record<string, string | undefined>>): LinkPlace | undefined {
  const { before, service = '', region = '', fips, dualstack, china } = groups;
  const features: readonly (readonly [unknown, HostFeature])[] = [
    [dualstack, 'dualstack'],
    [fips, 'fips'],
    [service === 's3-accelerate' ? service : undefined, 'accelerate'],
    [china, 'china'],
  ];
  const hostFeatures = features.filter(([has]) => has !== undefined).map(([, feature]) => feature);
  const common = { isAws: true, hostFeatures, otherwise: undefined };
  if (before === undefined) return split(path, common);
  if (service === 's3' || service === 's3-accelerate')
    return { ...common, bucket: before, key: path, addressing: 'virtual' };
  if (service === 's3express') return { ...common, bucket: before, key: path, addressing: 'directory' };
  const bucket = service.endsWith('s3-global')
    ? `${before.replace(/\.accesspoint$/, '')}.mrap`
    : accessPointArn(before, { service, region });
  return bucket === undefined ? undefined : { ...common, bucket, key: path, addressing: 'accessPoint' };
}

/** `NAME-ACCOUNT`, with the Outpost's identifier after it where there is one, as the host of an access point begins. */
function accessPointArn(
  before: string,
  { service, region }: { readonly service: string; readonly region: string },
): string | undefined {
  const match = /^(.+)-(\d{12})(?:\.(op-[0-9a-z]+))?$/.exec(before);
  if (match === null) return undefined;
  const [, name = '', account = '', outpost] = match;
  const arnService = service === 's3-accesspoint' ? 's3' : service;
  const resource = outpost === undefined ? `accesspoint/${name}` : `outpost/${outpost}/accesspoint/${name}`;
  return `arn:${partitionOf(region)}:${arnService}:${region}:${account}:${resource}`;
}

const elsewhere = { isAws: false, hostFeatures: [], otherwise: undefined } as const;

function split(
  path: string,
  common: Pick<LinkPlace, 'isAws' | 'hostFeatures' | 'otherwise'>,
): LinkPlace | undefined {
  const slash = path.indexOf('/');
  const bucket = slash < 0 ? path : path.slice(0, slash);
  if (bucket === '') return undefined;
  return { ...common, bucket, key: slash < 0 ? '' : path.slice(slash + 1), addressing: 'path' };
}

function atEndpoint({ host, path }: Address, endpoint: string | undefined): LinkPlace | undefined {
  if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
  const own = new URL(endpoint).hostname;
  if (host === own) return split(path, elsewhere);
  if (!host.endsWith(`.${own}`)) return undefined;
  return { ...elsewhere, bucket: host.slice(0, -own.length - 1), key: path, addressing: 'virtual' };
}

function atKnownHost({ host, path }: Address): LinkPlace | undefined {
  const groups = knownHost.exec(host)?.groups;
  if (groups === undefined) return undefined;
  const { before } = groups;
  if (before === undefined) return split(path, elsewhere);
  return { ...elsewhere, bucket: before, key: path, addressing: 'virtual' };
}

/** Of a host that tells nothing, both readings are kept. A path of one segment leaves no key when it is the bucket. */
function guess(address: Address, { isAboutObject = false }: PlaceOptions): LinkPlace | undefined {
  const { host, path } = address;
  const inPath = split(path, elsewhere);
  const [label = '', ...domain] = host.split('.');
  const isAddress = /^[\d.]+$/.test(host) || host.startsWith('[');
  if (isAddress || domain.length < 2 || serverLabel.test(label)) return inPath;
  const inHost = { ...elsewhere, bucket: label, key: path, addressing: 'virtual' } as const;
  if (inPath === undefined || (inPath.key === '' && isAboutObject)) return inHost;
  return { ...inPath, otherwise: { bucket: inHost.bucket, key: inHost.key } };
}
