import { parseAwsHost, type AwsHost } from '../../connection/stores/hosts.js';
import { accessPointArn, s3HostOf, type HostAndPath } from '../../storage/s3Host.js';
import type { HostFeature, LinkPlace } from './parsedLink.js';

export interface PlaceOptions {
  /** The user's own endpoint: for URLs at its host, the position of the bucket is known. */
  readonly endpoint?: string | undefined;
  /** Whether the request can only be about an object, never about the bucket. */
  readonly isAboutObject?: boolean;
}

/** Host names that are common for self-hosted S3 servers and unlikely for buckets. */
const serverLabel =
  /^(?:s3|s3[.-].*|minio|storage|objects?|objectstorage|ceph|rgw|rook|garage|seaweedfs|oss|cos|obs)$/;

/** The bucket and the key in a URL, and where the bucket appears in it. Undefined if it names none. */
export function placeOf(address: HostAndPath, options: PlaceOptions = {}): LinkPlace | undefined {
  const { at, aws, hostPrefix, path } = s3HostOf(address, { endpoint: options.endpoint, anyPort: true });
  if (aws !== undefined) return awsPlace(path, aws);
  if (at === 'outside') return placeOf(address, { ...options, endpoint: undefined });
  if (at === 'elsewhere') return guess(address, options);
  if (hostPrefix === undefined) return split(path, elsewhere);
  return { ...elsewhere, bucket: hostPrefix, key: path, addressing: 'virtual' };
}

/** The region that a host of AWS names; undefined for others. */
export function hostRegion(host: string): string | undefined {
  const aws = parseAwsHost(host);
  if (aws === undefined) return undefined;
  const { region } = aws;
  return region === undefined || region === 'external-1' ? 'us-east-1' : region;
}

function awsPlace(path: string, aws: AwsHost): LinkPlace | undefined {
  const { hostPrefix, service } = aws;
  const features: readonly (readonly [boolean, HostFeature])[] = [
    [aws.isDualstack, 'dualstack'],
    [aws.isFips, 'fips'],
    [service === 's3-accelerate', 'accelerate'],
    [aws.isChina, 'china'],
  ];
  const hostFeatures = features.filter(([has]) => has).map(([, feature]) => feature);
  const common = { isAws: true, hostFeatures, alternative: undefined };
  if (hostPrefix === undefined) return split(path, common);
  if (/^s3(?:-accelerate|-website)?$/.test(service))
    return { ...common, bucket: hostPrefix, key: path, addressing: 'virtual' };
  if (service === 's3express') return { ...common, bucket: hostPrefix, key: path, addressing: 'directory' };
  const bucket =
    service === 's3-global' ? hostPrefix.replace(/\.accesspoint$/, '') : accessPointArn(hostPrefix, aws);
  return bucket === undefined ? undefined : { ...common, bucket, key: path, addressing: 'accessPoint' };
}

const elsewhere = { isAws: false, hostFeatures: [], alternative: undefined } as const;

function split(
  path: string,
  common: Pick<LinkPlace, 'isAws' | 'hostFeatures' | 'alternative'>,
): LinkPlace | undefined {
  const slash = path.indexOf('/');
  const bucket = slash < 0 ? path : path.slice(0, slash);
  if (bucket === '') return undefined;
  return { ...common, bucket, key: slash < 0 ? '' : path.slice(slash + 1), addressing: 'path' };
}

/** Keeps both readings if the host says nothing. A path of one segment leaves no key if it is the bucket. */
function guess(address: HostAndPath, { isAboutObject = false }: PlaceOptions): LinkPlace | undefined {
  const { hostname: host, path } = address;
  const inPath = split(path, elsewhere);
  const [label = '', ...domain] = host.split('.');
  const isAddress = /^[\d.]+$/.test(host) || host.startsWith('[');
  if (isAddress || domain.length < 2 || serverLabel.test(label)) return inPath;
  const inHost = { ...elsewhere, bucket: label, key: path, addressing: 'virtual' } as const;
  if (inPath === undefined || (inPath.key === '' && isAboutObject)) return inHost;
  return { ...inPath, alternative: { bucket: inHost.bucket, key: inHost.key } };
}
