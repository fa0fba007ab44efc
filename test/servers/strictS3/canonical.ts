import { createHash, createHmac } from 'node:crypto';
import type { Query, S3Request } from './request.js';

/** The parts of a credential: `KEY/20130524/us-east-1/s3/aws4_request`. */
export interface Scope {
  readonly accessKeyId: string;
  /** `yyyyMMdd` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** SigV4's URI encoding: everything but `A-Za-z0-9-._~`, upper-case hexadecimal. */
function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Encodes the decoded path again, so that `%7E` and `~` sign alike; slashes stay. S3 never normalises the
 * path.
 */
export function canonicalPath(path: string): string {
  return path.split('/').map(uriEncode).join('/');
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function canonicalQuery(query: Query): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/**
 * A header as it is signed. A signed header that is absent may be in the query (recorded:
 * `x-amz-server-side-encryption` in the query satisfies the signed header).
 */
function canonicalHeader(request: S3Request, name: string): string {
  const inQuery = request.query.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
  const value = request.headers.get(name) ?? inQuery ?? '';
  return `${name}:${value.trim().replace(/\s+/g, ' ')}\n`;
}

export interface CanonicalInput {
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/** The canonical request of AWS's "Create a signed AWS API request", S3's variant (the path is encoded once). */
export function canonicalRequest(request: S3Request, input: CanonicalInput): string {
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    input.signedHeaders.map((name) => canonicalHeader(request, name)).join(''),
    input.signedHeaders.join(';'),
    input.payloadHash,
  ].join('\n');
}

/** Node reads header bytes as Latin-1; the hash covers the bytes as received. */
function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

/** `amzDate` as `yyyyMMddTHHmmssZ`. */
export function stringToSign(canonical: string, scope: Scope, amzDate: string): string {
  const place = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  return ['AWS4-HMAC-SHA256', amzDate, place, sha256(canonical)].join('\n');
}

/** The signature in hexadecimal. */
export function sign(text: string, scope: Scope, secretAccessKey: string): string {
  const key = [scope.date, scope.region, scope.service, 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac('sha256', key).update(text).digest('hex');
}
