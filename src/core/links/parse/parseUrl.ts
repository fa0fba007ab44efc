import { decodePercent, formatWebAddress, parseWebAddress } from '../../connection/webAddress.js';
import type { Message } from '../../failures/message.js';
import { maxKeyBytes } from '../../storage/keys.js';
import { isHttpName } from '../httpNames.js';
import type { LinkMethod } from '../exchange.js';
import { operationOf } from './operation.js';
import { isKnownParameter } from './parameters.js';
import type { ParsedUrl, LinkSigner } from './parsedLink.js';
import { hostRegion, placeOf } from './place.js';
import { isSigningParameter, isTokenName } from './secretNames.js';

export interface ParseLinkOptions {
  /** The user's own endpoint: for URLs at its host, the position of the bucket is known. */
  readonly endpoint?: string | undefined;
}

export interface LinkProblem {
  readonly problem: Message;
}

export const invalidHeader: Message = {
  text: 'This link has a header with an invalid name. Ask for another link.',
};

/** Why no object can have the key of a link, which may be of any length; undefined if one can. */
export function longKeyProblem(key: string): Message | undefined {
  const bytes = Buffer.byteLength(key);
  if (bytes <= maxKeyBytes) return undefined;
  return { text: 'The key in this link is {0} bytes long; S3 allows {1}.', args: [bytes, maxKeyBytes] };
}

/** What JSON can say about a link in addition to its URL. */
interface RequestFacts {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: LinkMethod | undefined;
}

/** Parses a presigned URL, or says what the text is instead. */
export function parseUrl(
  text: string,
  { endpoint, headers = {}, method }: ParseLinkOptions & RequestFacts,
): ParsedUrl | LinkProblem {
  const address = parseWebAddress(text);
  if ('problem' in address) return address;
  const { path, host, hostname } = address;
  const query = readQuery(address.query);
  const signed = readSigned(query.map, hostname);
  if ('problem' in signed) return signed;
  if (query.repeatsKnown)
    return { problem: { text: 'This link repeats a parameter. Ask for another link.' } };
  if (path === undefined)
    return {
      problem: {
        text: 'The path of this link is damaged: it has an invalid percent sign. Copy the link again.',
      },
    };
  const isAboutObject = /Object$|Part$/.test(query.map.get('x-id') ?? '');
  const place = placeOf({ host, hostname, path }, { endpoint, isAboutObject });
  if (place === undefined) return { problem: { text: 'This link does not name a bucket.' } };
  const tooLong = longKeyProblem(place.key);
  if (tooLong !== undefined) return { problem: tooLong };
  const { signedHeaders, ...facts } = signed;
  if (!signedHeaders.every(isHttpName)) return { problem: invalidHeader };
  const names = { parameters: query.map, signedHeaders, headers: Object.keys(headers) };
  const does = operationOf({ ...names, hasKey: place.key !== '', method });
  return {
    kind: 'url',
    url: formatWebAddress(address),
    host: address.host,
    isSecure: address.isSecure,
    ...place,
    ...facts,
    ...does,
    signedHeaders,
    headers,
    overrides: pick(query, /^response-/),
    versionId: query.map.get('versionid'),
    checksums: pick(query, /^x-amz-checksum-(?!mode$|algorithm$|type$)/),
    parameters: pick(query, /^(?!response-|versionid$|x-id$|x-amz-checksum-(?!mode$|algorithm$|type$))/),
  };
}

interface Query {
  /** By lower-case names. */
  readonly map: ReadonlyMap<string, string>;
  /** Whether one that S3 obeys appears twice, in any case: the server may obey the one that is not shown. */
  readonly repeatsKnown: boolean;
}

function readQuery(query: string): Query {
  const map = new Map<string, string>();
  let repeatsKnown = false;
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    const name = decodePlus(equals < 0 ? pair : pair.slice(0, equals)).toLowerCase();
    if (map.has(name)) repeatsKnown ||= isKnownParameter(name);
    else if (name !== '') map.set(name, equals < 0 ? '' : decodePlus(pair.slice(equals + 1)));
  }
  return { map, repeatsKnown };
}

function pick({ map }: Query, names: RegExp): Readonly<Record<string, string>> {
  return Object.fromEntries([...map].filter(([name]) => names.test(name) && !isSigningParameter(name)));
}

type SignedFacts = Pick<
  ParsedUrl,
  | 'signature'
  | 'signer'
  | 'region'
  | 'service'
  | 'signedAt'
  | 'expiresAt'
  | 'expiresSeconds'
  | 'signedHeaders'
>;

function readSigned(query: ReadonlyMap<string, string>, hostname: string): SignedFacts | LinkProblem {
  if (query.has('x-amz-signature') || query.has('x-amz-credential')) return readV4(query);
  if (query.has('awsaccesskeyid') && query.has('signature')) return readV2(query, hostname);
  return { problem: otherLink(query) };
}

const cut: Message = {
  text: 'This presigned URL is incomplete: part of its signature is missing. Copy the whole link.',
};

function readV4(query: ReadonlyMap<string, string>): SignedFacts | LinkProblem {
  const credential = parseCredential(query.get('x-amz-credential') ?? '');
  const signedAt = parseAmzDate(query.get('x-amz-date') ?? '');
  const expires = query.get('x-amz-expires') ?? '';
  if (
    credential === undefined ||
    signedAt === undefined ||
    !/^-?\d{1,10}$/.test(expires) ||
    !query.has('x-amz-signature')
  )
    return { problem: cut };
  const expiresSeconds = Number(expires);
  const signedHeaders = (query.get('x-amz-signedheaders') ?? '')
    .toLowerCase()
    .split(';')
    .filter((name) => name !== '' && name !== 'host');
  const isRegionSet = query.get('x-amz-algorithm') === 'AWS4-ECDSA-P256-SHA256';
  return {
    signature: isRegionSet ? 'v4a' : 'v4',
    signer: signerOf(credential.accessKeyId, hasToken(query, signedHeaders)),
    region: isRegionSet ? query.get('x-amz-region-set') : credential.region,
    service: credential.service,
    signedAt,
    expiresAt: new Date(signedAt.getTime() + expiresSeconds * 1000),
    expiresSeconds,
    signedHeaders,
  };
}

function readV2(query: ReadonlyMap<string, string>, hostname: string): SignedFacts | LinkProblem {
  const expires = query.get('expires') ?? '';
  if (!/^\d{1,12}$/.test(expires)) return { problem: cut };
  return {
    signature: 'v2',
    signer: signerOf(query.get('awsaccesskeyid') ?? '', hasToken(query)),
    region: hostRegion(hostname),
    service: undefined,
    signedAt: undefined,
    expiresAt: new Date(Number(expires) * 1000),
    expiresSeconds: undefined,
    signedHeaders: [],
  };
}

function hasToken(query: ReadonlyMap<string, string>, signedHeaders: readonly string[] = []): boolean {
  return [...query.keys(), ...signedHeaders].some(isTokenName);
}

/** Names other kinds of signed links; everything else is not presigned. */
function otherLink(query: ReadonlyMap<string, string>): Message {
  if (query.has('x-goog-signature'))
    return { text: 'This is a Google Cloud Storage signed URL, not an S3 presigned URL.' };
  if (query.has('key-pair-id')) return { text: 'This is a CloudFront signed URL, not an S3 presigned URL.' };
  if (query.has('sig') && (query.has('se') || query.has('si')))
    return { text: 'This is an Azure Storage SAS link, not an S3 presigned URL.' };
  return { text: 'This URL is not presigned: it has no S3 signature.' };
}

/**
 * `AKID/20260101/region/service/aws4_request`; no region for version 4A. The access key may contain slashes.
 */
export function parseCredential(
  text: string,
): { readonly accessKeyId: string; readonly region: string; readonly service: string } | undefined {
  const match = /^(.+)\/\d{8}(?:\/([^/]*))?\/([^/]+)\/aws4_request$/.exec(text);
  if (match === null) return undefined;
  return { accessKeyId: match[1] ?? '', region: match[2] ?? '', service: match[3] ?? '' };
}

/** `20260101T000000Z`. */
export function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const moment = new Date(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`,
  );
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** Source: IAM User Guide, "Understanding unique ID prefixes". */
export function signerOf(accessKeyId: string, token: boolean): LinkSigner {
  const isAws = /^(?:AKIA|ASIA)[A-Z0-9]{12,}$/.test(accessKeyId);
  const kind = !isAws ? 'other' : accessKeyId.startsWith('AKIA') ? 'longTerm' : 'temporary';
  return { kind, lastFour: accessKeyId.length > 4 ? accessKeyId.slice(-4) : '', hasToken: token };
}

/** Servers read a plus in a query as a space. */
function decodePlus(text: string): string {
  return decodePercent(text.replaceAll('+', ' ')) ?? text;
}
