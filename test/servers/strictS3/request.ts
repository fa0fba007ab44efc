import type { IncomingMessage } from 'node:http';
import { S3Error } from './errors.js';

export type Query = readonly (readonly [name: string, value: string])[];

/** A parsed request, with every byte that addresses the object unchanged. */
export interface S3Request {
  readonly method: string;
  /** The request target as it was sent. */
  readonly target: string;
  /** The decoded path, with the bucket if it is in the path. */
  readonly path: string;
  readonly query: Query;
  /** Lower-case names; several headers of the same name are joined by a comma, as SigV4 joins them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes percent-encoded UTF-8, and nothing else.
 * @throws S3Error InvalidURI */
export function decodePercent(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character !== 0x25) {
      bytes.push(character);
      continue;
    }
    const digits = text.slice(at + 1, at + 3);
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) throw new S3Error('InvalidURI');
    bytes.push(Number.parseInt(digits, 16));
    at += 2;
  }
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    throw new S3Error('InvalidURI');
  }
}

function parseQuery(text: string): Query {
  if (text === '') return [];
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const plain = pair.replaceAll('+', '%20');
      const equals = plain.indexOf('=');
      if (equals < 0) return [decodePercent(plain), ''] as const;
      return [decodePercent(plain.slice(0, equals)), decodePercent(plain.slice(equals + 1))] as const;
    });
}

function readHeaders(message: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    const name = message.rawHeaders[at]?.toLowerCase() ?? '';
    const value = message.rawHeaders[at + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}

/**
 * `bucket.localhost:9000` names a bucket, and so does a host in front of the tests' own; with any other host
 * the path names it.
 */
function bucketOfHost(host: string): string | undefined {
  return /^(.+)\.(?:localhost|s3\.signpost\.test)(?::\d+)?$/i.exec(host)?.[1];
}

function splitPath(path: string): { bucket: string | undefined; key: string | undefined } {
  const slash = path.indexOf('/', 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  return { bucket: path === '/' ? undefined : bucket, key: key === '' ? undefined : key };
}

/**
 * Parses the raw request. Does not use `URL`, which would collapse `.` and `..`.
 * @throws S3Error InvalidURI when the path or the query is not percent-encoded UTF-8
 */
export function parseRequest(message: IncomingMessage): S3Request {
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const question = target.indexOf('?');
  const rawPath = question < 0 ? target : target.slice(0, question);
  const headers = readHeaders(message);
  // S3 reads a bare plus sign in a path as a space, as in a query; a plus in a key has to come as %2B.
  const path = decodePercent(rawPath === '' ? '/' : rawPath.replaceAll('+', '%20'));
  const hostBucket = bucketOfHost(headers.get('host') ?? '');
  const place =
    hostBucket === undefined ? splitPath(path) : { bucket: hostBucket, key: path.slice(1) || undefined };
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    path,
    query: question < 0 ? [] : parseQuery(target.slice(question + 1)),
    headers,
    ...place,
  };
}

/** The first value of a query parameter; names are compared exactly. */
export function queryValue(request: S3Request, name: string): string | undefined {
  return request.query.find(([candidate]) => candidate === name)?.[1];
}

/**
 * An `x-amz-*` field sent as a header or hoisted into the query, where signers put it. AWS honours both
 * (recorded: metadata of a hoisted PUT is stored).
 */
export function field(request: S3Request, name: string): string | undefined {
  return (
    request.headers.get(name) ?? request.query.find(([candidate]) => candidate.toLowerCase() === name)?.[1]
  );
}
