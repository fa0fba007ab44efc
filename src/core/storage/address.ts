import { bucketKind, multiRegion, objectLambda, outposts } from '../connection/bucketKind.js';
import { isAwsHost, type AwsHost, type AwsService } from '../connection/stores/hosts.js';
import { parseWebAddress } from '../connection/webAddress.js';
import type { Message } from '../failures/message.js';
import { parentPrefix } from './keys.js';
import { isBucketName, parseS3Uri, type Location } from './location.js';
import { accessPointArn, s3HostOf } from './s3Host.js';

/** A bucket, or a folder in it. */
export interface Place {
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
}

export interface AddressOptions {
  /** The connection's endpoint: for URLs at this host it is known where the bucket is. */
  readonly endpoint?: string | undefined;
}

const formatHint: Message = {
  text: 'Enter a bucket name, s3://bucket/prefix, an ARN, or the URL of a bucket or object.',
};

/**
 * Parses anything that names a bucket or a place in it: a name, `s3://bucket/key`, the ARN of a bucket, an object or an
 * access point, or a URL: of the console, of an object, or presigned. Of a URL's query, only the console's `prefix` is
 * used; signatures and tokens are dropped. Returns the reason if the text is none of these.
 */
export function parseAddress(text: string, options: AddressOptions = {}): Location | Message {
  if (text.length > maxAddressLength) return tooLong;
  const trimmed = text.trim();
  if (/^(?:s3|arn):/i.test(trimmed)) return parseNamed(withoutLineEnd(text.trimStart()));
  if (/^https?:/i.test(trimmed)) return refuseUnreachable(parseBucketUrl(trimmed, options));
  if (isBucketName(trimmed)) return refuseUnreachable({ bucket: trimmed, key: '' });
  return formatHint;
}

/** Longer than a presigned URL with the longest key and session token. */
const maxAddressLength = 16 * 1024;
const tooLong: Message = { text: 'This text is too long for an address. Enter s3://bucket/prefix.' };

/** Not a regular expression, which would start again at each of the trailing line breaks. */
function withoutLineEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end -= 1;
  return text.slice(0, end);
}

/** An `s3://` address or an ARN. Trailing spaces can be part of a key, but not of a bucket name. */
function parseNamed(text: string): Location | Message {
  const parsed = /^s3:/i.test(text) ? parseS3Uri(text) : parseArn(text);
  const hasKey = 'bucket' in parsed && parsed.key !== '';
  return hasKey || text === text.trimEnd() ? refuseUnreachable(parsed) : parseNamed(text.trimEnd());
}

/**
 * Like {@link parseAddress}, for a folder: the URL of an object means the folder that contains it. An `s3://` address
 * or ARN is a folder with or without its slash, or with the `*` of a policy.
 */
export function parsePlace(text: string, options: AddressOptions = {}): Place | Message {
  const parsed = parseAddress(text, options);
  if (!('bucket' in parsed)) return parsed;
  const { bucket, key } = parsed;
  if (key === '' || key.endsWith('/')) return { bucket, prefix: key };
  if (/^\s*https?:/i.test(text) && !consolePage.test(text)) return { bucket, prefix: parentPrefix(key) };
  return { bucket, prefix: key.endsWith('*') ? parentPrefix(key) : `${key}/` };
}

/**
 * The host of a URL, if it is not the endpoint's or, with an AWS endpoint, not one of AWS: its bucket may belong to
 * another store, or the store may have more than one host name. Undefined for all other text.
 */
export function foreignHost(text: string, { endpoint }: AddressOptions): string | undefined {
  const address = parseWebAddress(text.trim());
  if ('problem' in address) return undefined;
  const { host, hostname } = address;
  const own = endpoint === undefined ? undefined : new URL(endpoint);
  const isOwn =
    own === undefined || isAwsHost(own.hostname)
      ? isAwsHost(hostname) || consoleHost.test(hostname)
      : host === own.host || host.endsWith(`.${own.host}`);
  return isOwn ? undefined : host;
}

const consoleHost = /(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$/;
const consolePage = /^\s*https?:\/\/[^/]*console\.[^/]+\/s3\/buckets\//i;

function refuseUnreachable(parsed: Location | Message): Location | Message {
  if (!('bucket' in parsed)) return parsed;
  const kind = bucketKind(parsed.bucket);
  return kind.kind === 'refused' ? kind.reason : parsed;
}

/** `arn:aws:s3:::bucket/key`, or an access point's ARN, which is kept as the bucket; its objects follow `/object/`. */
function parseArn(arn: string): Location | Message {
  const [, , service, region, account, ...rest] = arn.split(':');
  const resource = rest.join(':');
  if (service === 's3' && region === '' && account === '') return splitPath(resource);
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3express.html
  const directory = /^(?:bucket|accesspoint)\/(.*)$/s.exec(resource)?.[1];
  if (service === 's3express' && directory !== undefined) return splitPath(directory);
  const match = /^(arn:(?:[^:]*:){4}[^:/]+[:/][^:/]+)(?:[:/]object\/(.*)|\/?)$/is.exec(arn);
  if (match === null) {
    const kind = bucketKind(arn);
    return kind.kind === 'refused' ? kind.reason : formatHint;
  }
  return { bucket: match[1] ?? '', key: match[2] ?? '' };
}

function splitPath(path: string): Location | Message {
  const slash = path.indexOf('/');
  const bucket = slash < 0 ? path : path.slice(0, slash);
  if (!isBucketName(bucket)) return { text: '"{0}" is not a valid bucket name.', args: [bucket] };
  return { bucket, key: slash < 0 ? '' : path.slice(slash + 1) };
}

const noBucket: Message = { text: 'This URL does not name a bucket.' };

function parseBucketUrl(text: string, { endpoint }: AddressOptions): Location | Message {
  const address = parseWebAddress(text);
  if ('problem' in address) return address.problem;
  const { host, hostname, path: wholePath, query } = address;
  if (wholePath === undefined) return noBucket;
  if (consoleHost.test(hostname)) return parseConsoleUrl(wholePath, query);
  const { at, aws, hostPrefix, path } = s3HostOf({ host, hostname, path: wholePath }, { endpoint });
  if (aws !== undefined) return fromAws(aws, path);
  if (at === 'outside') return noBucket;
  if (isAwsHost(hostname))
    return { text: '{0} is not an S3 host. Enter s3://bucket/prefix instead.', args: [hostname] };
  return virtualHosted(hostPrefix, path) ?? orNone(splitPath(path));
}

/** `.../s3/buckets/NAME?prefix=in/` and `.../s3/object/NAME?prefix=in/a.txt`. */
function parseConsoleUrl(path: string, query: string): Location | Message {
  const bucket = /^s3\/(?:buckets|directory-buckets|object|upload|get)\/([^/]+)/.exec(path)?.[1];
  if (bucket === undefined) return { text: 'This AWS console page is not about a bucket.' };
  const split = splitPath(bucket);
  return 'bucket' in split ? { ...split, key: new URLSearchParams(query).get('prefix') ?? '' } : split;
}

function virtualHosted(bucket: string | undefined, key: string): Location | undefined {
  return bucket !== undefined && isBucketName(bucket) ? { bucket, key } : undefined;
}

const unreachableServices: Readonly<Partial<Record<AwsService, Message>>> = {
  's3-global': multiRegion,
  's3-outposts': outposts,
  's3-object-lambda': objectLambda,
};

/** The location that a URL at an AWS host names. */
function fromAws(aws: AwsHost, path: string): Location | Message {
  const { hostPrefix, service } = aws;
  const refusal = unreachableServices[service];
  if (refusal !== undefined) return refusal;
  if (hostPrefix === undefined) return service === 's3' ? orNone(splitPath(path)) : noBucket;
  if (service !== 's3-accesspoint') return virtualHosted(hostPrefix, path) ?? noBucket;
  const bucket = accessPointArn(hostPrefix, aws);
  return bucket === undefined ? noBucket : { bucket, key: path };
}

function orNone(location: Location | Message): Location | Message {
  return 'bucket' in location ? location : noBucket;
}
