import { parseAwsHost, type AwsHost } from '../../connection/stores/hosts.js';
import { accessPointArn, s3HostOf, type HostAndPath } from '../../storage/s3Host.js';
import type { HostFeature, LinkPlace } from './parsedLink.js';

export interface PlaceOptions {
  /** An endpoint that the person uses: of addresses at its host it is known where the bucket stands. */
  readonly endpoint?: string | undefined;
  /** Whether the request can only be about an object, never about the bucket. */
  readonly isAboutObject?: boolean;
}

/** Names that an S3 server of one's own goes by, and that no bucket is likely to have. */
const serverLabel =
  /^(?:s3|s3[.-].*|minio|storage|objects?|objectstorage|ceph|rgw|rook|garage|seaweedfs|oss|cos|obs)$/;

/** The bucket and the key of an address, and where in it the bucket stands. Undefined where it names none. */
export function placeOf(address: HostAndPath, options: PlaceOptions = {}): LinkPlace | undefined {
  const { at, aws, before, path } = s3HostOf(address, { endpoint: options.endpoint, anyPort: true });
  if (aws !== undefined) return awsPlace(path, aws);
  if (at === 'outside') return placeOf(address, { ...options, endpoint: undefined });
  if (at === 'elsewhere') return guess(address, options);
  if (before === undefined) return split(path, elsewhere);
  return { ...elsewhere, bucket: before, key: path, addressing: 'virtual' };
}

/** The region that a host of AWS names; undefined for others. */
export function hostRegion(host: string): string | undefined {
  const aws = parseAwsHost(host);
  if (aws === undefined) return undefined;
  const { region } = aws;
  return region === undefined || region === 'external-1' ? 'us-east-1' : region;
}

function awsPlace(path: string, aws: AwsHost): LinkPlace | undefined {
  const { before, service } = aws;
  const features: readonly (readonly [boolean, HostFeature])[] = [
    [aws.isDualstack, 'dualstack'],
    [aws.isFips, 'fips'],
    [service === 's3-accelerate', 'accelerate'],
    [aws.isChina, 'china'],
  ];
  const hostFeatures = features.filter(([has]) => has).map(([, feature]) => feature);
  const common = { isAws: true, hostFeatures, otherwise: undefined };
  if (before === undefined) return split(path, common);
  if (/^s3(?:-accelerate|-website)?$/.test(service))
    return { ...common, bucket: before, key: path, addressing: 'virtual' };
  if (service === 's3express') return { ...common, bucket: before, key: path, addressing: 'directory' };
  const bucket = service === 's3-global' ? before.replace(/\.accesspoint$/, '') : accessPointArn(before, aws);
  return bucket === undefined ? undefined : { ...common, bucket, key: path, addressing: 'accessPoint' };
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

/** Of a host that tells nothing, both readings are kept. A path of one segment leaves no key when it is the bucket. */
function guess(address: HostAndPath, { isAboutObject = false }: PlaceOptions): LinkPlace | undefined {
  const { hostname: host, path } = address;
  const inPath = split(path, elsewhere);
  const [label = '', ...domain] = host.split('.');
  const isAddress = /^[\d.]+$/.test(host) || host.startsWith('[');
  if (isAddress || domain.length < 2 || serverLabel.test(label)) return inPath;
  const inHost = { ...elsewhere, bucket: label, key: path, addressing: 'virtual' } as const;
  if (inPath === undefined || (inPath.key === '' && isAboutObject)) return inHost;
  return { ...inPath, otherwise: { bucket: inHost.bucket, key: inHost.key } };
}
