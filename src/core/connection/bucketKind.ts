import { MessageError, type Message } from '../failures/message.js';
import { parseAwsHost } from './stores/hosts.js';
import type { ServiceSettings } from './serviceSettings.js';

/** What a bucket name refers to, and the region if the name contains it. */
export type BucketKind =
  | { readonly kind: 'bucket' }
  /** An access point, by its ARN. An alias (`...-s3alias`) is used like a bucket name and counts as a bucket. */
  | { readonly kind: 'accessPoint'; readonly region: string }
  /** A directory bucket (S3 Express One Zone) or an access point of one. */
  | { readonly kind: 'directory'; readonly region: string | undefined }
  | { readonly kind: 'refused'; readonly reason: Message };

/** A bucket that cannot be reached or signed for, with the reason. */
export class BucketError extends MessageError {
  override readonly name = 'BucketError';
}

export const multiRegion: Message = {
  text: 'Multi-Region access points need SigV4A signatures, which Signpost does not support. Use an access point or bucket in one region.',
};
export const outposts: Message = {
  text: 'S3 on Outposts access points use a separate signing service, which Signpost does not support.',
};
export const objectLambda: Message = {
  text: 'Object Lambda access points use a separate signing service, which Signpost does not support.',
};
const otherArn: Message = { text: 'This ARN does not name a bucket or an S3 access point.' };

/**
 * Looks only at the name. Sources: Amazon S3 User Guide, "Access point ARNs, access point aliases", "Directory bucket
 * naming rules" (`base--zone--x-s3`); Outposts aliases end in `--op-s3`, Multi-Region aliases in `.mrap`.
 */
export function bucketKind(bucket: string): BucketKind {
  if (/^arn:/i.test(bucket)) return arnKind(bucket);
  if (bucket.endsWith('.mrap')) return { kind: 'refused', reason: multiRegion };
  if (bucket.endsWith('--op-s3')) return { kind: 'refused', reason: outposts };
  const zone = /--([a-z0-9-]+?)--xa?-s3$/.exec(bucket)?.[1];
  return zone === undefined ? { kind: 'bucket' } : { kind: 'directory', region: regionOfZone(zone) };
}

function arnKind(arn: string): BucketKind {
  const [, , service, region = '', , ...resource] = arn.split(':');
  if (service === 's3-outposts') return { kind: 'refused', reason: outposts };
  if (service === 's3-object-lambda') return { kind: 'refused', reason: objectLambda };
  if (service !== 's3' || !/^accesspoint[/:]/.test(resource.join(':')))
    return { kind: 'refused', reason: otherArn };
  if (region === '') return { kind: 'refused', reason: multiRegion };
  return { kind: 'accessPoint', region };
}

const directions: Readonly<Record<string, string>> = {
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
  c: 'central',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
};

/** `use1-az4` -> `us-east-1`. S3 cannot be asked: a directory bucket's host already contains zone and region. */
function regionOfZone(zone: string): string | undefined {
  const match = /^([a-z]{2})(g)?(ne|nw|se|sw|[nsewc])(\d)-/.exec(zone);
  const direction = directions[match?.[3] ?? ''];
  if (match === null || direction === undefined) return undefined;
  const area = match[2] === undefined ? (match[1] ?? '') : `${match[1] ?? ''}-gov`;
  return `${area}-${direction}-${match[4] ?? ''}`;
}

type Place = Pick<ServiceSettings, 'endpoint' | 'forcePathStyle'>;

/** The AWS hosts that their names are prepended to. */
const hostsOf = { accessPoint: 's3-accesspoint', directory: 's3express' } as const;

/** Why requests for a bucket cannot be signed, in general or for this endpoint; undefined if they can. */
export function reachProblem(bucket: string, { endpoint, forcePathStyle }: Place): Message | undefined {
  const kind = bucketKind(bucket);
  if (kind.kind === 'refused') return kind.reason;
  if (kind.kind === 'bucket' || endpoint === undefined) return undefined;
  const service = parseAwsHost(new URL(endpoint).hostname)?.service;
  if (service !== undefined && service !== hostsOf[kind.kind]) {
    return {
      text: '{0} has its own host name, which the endpoint {1} cannot reach. Use a profile or connection without that endpoint.',
      args: [bucket, endpoint],
    };
  }
  if (kind.kind !== 'accessPoint' || !forcePathStyle) return undefined;
  return {
    text: 'Access points are not available at {0}, because this endpoint puts the bucket name in the path.',
    args: [endpoint],
  };
}

/** @throws BucketError, see {@link reachProblem} */
export function assertReachable(bucket: string, place: Place): void {
  const problem = reachProblem(bucket, place);
  if (problem !== undefined) throw new BucketError(problem);
}

/**
 * A regional AWS endpoint refuses requests that are signed for another region.
 * @throws BucketError
 */
export function assertAtEndpoint(bucket: string, region: string, { endpoint }: Place): void {
  if (endpoint === undefined || bucketKind(bucket).kind !== 'bucket') return;
  const own = parseAwsHost(new URL(endpoint).hostname)?.region;
  if (own === undefined || own === region || !/^[a-z]{2}-/.test(own)) return;
  throw new BucketError({
    text: "The bucket {0} is in {1}, but the endpoint is for {2}. Use an endpoint in the bucket's region, or none.",
    args: [bucket, region, own],
  });
}
