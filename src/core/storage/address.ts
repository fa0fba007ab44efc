import { bucketKind } from '../connection/bucketKind.js';
import type { Message } from '../message.js';
import { parentPrefix } from './keys.js';
import { isBucketName, parseS3Uri, partitionOf, type Location } from './location.js';

/** A bucket, or a folder in it. */
export interface Place {
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
}

export interface AddressOptions {
  /** Of the connection: of URLs at this host it is known where the bucket stands. */
  readonly endpoint?: string | undefined;
}

const howToWrite: Message = {
  text: 'Write the name of a bucket, s3://bucket/prefix, an ARN, or the URL of a bucket or object.',
};

/**
 * Reads whatever names a bucket or a place in it: a name, `s3://bucket/key`, the ARN of a bucket, an object or an access
 * point, or a URL: of the console, of an object, or presigned. Of a URL's query nothing is taken but the console's
 * `prefix`; signatures and tokens are left behind. Gives the reason where the text is none of these.
 */
export function parseAddress(text: string, options: AddressOptions = {}): Location | Message {
  const trimmed = text.trim();
  if (/^s3:/i.test(trimmed)) return refuseUnreachable(parseS3Uri(trimmed));
  if (/^arn:/i.test(trimmed)) return refuseUnreachable(parseArn(trimmed));
  if (/^https?:/i.test(trimmed)) return refuseUnreachable(parseBucketUrl(trimmed, options));
  if (isBucketName(trimmed)) return refuseUnreachable({ bucket: trimmed, key: '' });
  return howToWrite;
}

/**
 * Like {@link parseAddress}, for a folder: the URL of an object stands for the folder that it is in, and what is written
 * as `s3://` or ARN is a folder with or without its slash, or with the star of a policy.
 */
export function parsePlace(text: string, options: AddressOptions = {}): Place | Message {
  const parsed = parseAddress(text, options);
  if (!('bucket' in parsed)) return parsed;
  const { bucket, key } = parsed;
  if (key === '' || key.endsWith('/')) return { bucket, prefix: key };
  if (/^\s*https?:/i.test(text) && !consolePage.test(text)) return { bucket, prefix: parentPrefix(key) };
  return { bucket, prefix: key.endsWith('*') ? parentPrefix(key) : `${key}/` };
}

const consolePage = /^\s*https?:\/\/[^/]*console\.[^/]+\/s3\/buckets\//i;

function refuseUnreachable(parsed: Location | Message): Location | Message {
  if (!('bucket' in parsed)) return parsed;
  const kind = bucketKind(parsed.bucket);
  return kind.kind === 'refused' ? kind.reason : parsed;
}

/** `arn:aws:s3:::bucket/key`, or an access point's: the ARN stays what names it, its objects follow `/object/`. */
function parseArn(arn: string): Location | Message {
  const [, , service, region, account, ...rest] = arn.split(':');
  const resource = rest.join(':');
  if (service === 's3' && region === '' && account === '') return splitPath(resource);
  const match = /^(arn:(?:[^:]*:){4}[^:/]+[:/][^:/]+)(?:[:/]object\/(.*)|\/?)$/is.exec(arn);
  if (match === null) {
    const kind = bucketKind(arn);
    return kind.kind === 'refused' ? kind.reason : howToWrite;
  }
  return { bucket: match[1] ?? '', key: match[2] ?? '' };
}

function splitPath(path: string): Location | Message {
  const slash = path.indexOf('/');
  const bucket = slash < 0 ? path : path.slice(0, slash);
  if (!isBucketName(bucket)) return { text: '"{0}" is not the name of a bucket.', args: [bucket] };
  return { bucket, key: slash < 0 ? '' : path.slice(slash + 1) };
}

function parseBucketUrl(text: string, { endpoint }: AddressOptions): Location | Message {
  // The path is read from the text: URL would collapse the `.` and `..` segments of a key.
  const match = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?([^?#]*)/i.exec(text);
  const host = (match?.[1] ?? '').toLowerCase();
  const path = decode((match?.[2] ?? '').replace(/^\//, ''));
  if (match === null || path === undefined) return { text: 'That URL names no bucket.' };
  if (/(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$/.test(host)) {
    return parseConsoleUrl(path, text);
  }
  const location = fromEndpoint(host, { path, endpoint }) ?? fromHost(host, path) ?? splitPath(path);
  return 'bucket' in location ? location : { text: 'That URL names no bucket.' };
}

/** `.../s3/buckets/NAME?prefix=in/` and `.../s3/object/NAME?prefix=in/a.txt`. */
function parseConsoleUrl(path: string, text: string): Location | Message {
  const bucket = /^s3\/(?:buckets|directory-buckets|object|upload|get)\/([^/]+)/.exec(path)?.[1];
  if (bucket === undefined) return { text: 'That page of the AWS console is about no bucket.' };
  const query = /\?([^#]*)/.exec(text)?.[1] ?? '';
  const split = splitPath(bucket);
  return 'bucket' in split ? { ...split, key: new URLSearchParams(query).get('prefix') ?? '' } : split;
}

function fromEndpoint(
  host: string,
  { path, endpoint }: { readonly path: string; readonly endpoint: string | undefined },
): Location | Message | undefined {
  if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
  const own = new URL(endpoint).hostname;
  if (host === own) return splitPath(path);
  const bucket = host.endsWith(`.${own}`) ? host.slice(0, -own.length - 1) : '';
  return isBucketName(bucket) ? { bucket, key: path } : undefined;
}

const awsHost =
  /^(?:(?<before>.+)\.)?(?:s3(?:-fips|-accelerate)?(?:[.-](?:dualstack\.)?[a-z0-9-]+)?|s3express-[a-z0-9-]+\.[a-z0-9-]+|(?<point>s3-accesspoint(?:-fips)?)(?:\.dualstack)?\.(?<region>[a-z0-9-]+))\.amazonaws\.com(?<china>\.cn)?$/;

/** Stores whose host holds the bucket, where their form is known. */
const otherHost =
  /^(?<before>.+)\.(?:[0-9a-f]{32}(?:\.[a-z]+)?\.r2\.cloudflarestorage\.com|s3\.[a-z0-9-]+\.backblazeb2\.com|s3(?:\.[a-z0-9-]+)?\.wasabisys\.com|[a-z]{3}\d\.digitaloceanspaces\.com|storage\.googleapis\.com|localhost|s3\.[a-z0-9.-]+)$/;

/** A bucket or access point that stands before the host; undefined where it stands in the path. */
function fromHost(host: string, path: string): Location | Message | undefined {
  const groups = (awsHost.exec(host) ?? otherHost.exec(host))?.groups;
  const before = groups?.before;
  if (groups === undefined || before === undefined) return undefined;
  if (groups.point === undefined) return isBucketName(before) ? { bucket: before, key: path } : undefined;
  const access = /^(.+)-(\d{12})$/.exec(before);
  if (access === null) return { text: 'That URL names no bucket.' };
  const partition = partitionOf(groups.region ?? '');
  const arn = `arn:${partition}:s3:${groups.region ?? ''}:${access[2] ?? ''}:accesspoint/${access[1] ?? ''}`;
  return { bucket: arn, key: path };
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
