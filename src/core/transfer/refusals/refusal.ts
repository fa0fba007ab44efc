import { isPlainCode } from '../../failures/failureText.js';
import { parseUrl } from '../../links/parse/parseUrl.js';
import { redact } from '../../failures/redact.js';
import { permissionFor } from './permission.js';
import type { SentRequest } from './sentRequest.js';
import { compareWithCanonical, differencesByLink, type Difference } from './signatureDifference.js';

/** What a link was used for. */
export type LinkUse = 'upload' | 'download' | 'test';

/** What S3 said when it refused a link. Holds no part of the answer that echoes the signature. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** S3's error code, empty where the answer has none, or something else in its place. */
  readonly code: string;
  /** "Request has expired" and the like; S3's wording, never with values in it. */
  readonly reason: string;
  readonly headersNotSigned: readonly string[] | undefined;
  readonly details: RefusalDetails;
}

/** What else tells the cause, as far as the answer or the link says it. */
interface RefusalDetails {
  /** When the link ended. */
  readonly endedAt?: Date;
  /** When the link begins to work. */
  readonly beginsAt?: Date;
  /** As S3 or the link says; a link of version 2 signs none. */
  readonly signedRegion?: string;
  /** Where the bucket is. */
  readonly bucketRegion?: string;
  /** The host to use in place of the link's. */
  readonly endpoint?: string;
  readonly minBytes?: number;
  readonly maxBytes?: number;
  /** The condition of a form that does not hold, or the field that it does not allow: its name alone. */
  readonly formField?: string;
  /** Whether S3 wants another encoding of the form. */
  readonly isWrongForm?: true;
  /** What the signer lacks, as `s3:GetObject`: what S3 says, else what such a request takes. */
  readonly permission?: string;
  /** Whether the request was to be done only where no object is. */
  readonly createsOnly?: boolean;
  /** What differs between the request that S3 saw and ours; absent where nothing tells. */
  readonly differences?: readonly Difference[];
  /** Headers that the link signs, without `host`. */
  readonly signedHeaders?: readonly string[];
  readonly method?: string;
}

export class LinkRefusedError extends Error {
  override readonly name = 'LinkRefusedError';
  constructor(
    readonly refusal: Refusal,
    readonly use: LinkUse = 'upload',
  ) {
    super(`The link was refused: ${refusal.status} ${refusal.code}`);
  }
}

/**
 * Why an upload with `If-None-Match: *` was refused, if it was for that condition: an object exists or is being written,
 * or the store knows no conditional writes, which answers 501 or calls the header invalid.
 */
export function conditionRefusal(error: unknown): 'exists' | 'unsupported' | undefined {
  if (!(error instanceof LinkRefusedError)) return undefined;
  const { status, code } = error.refusal;
  if (status === 412 || (status === 409 && code === 'ConditionalRequestConflict')) return 'exists';
  const isInvalid = /^(?:NotImplemented|NotSupported|InvalidArgument|InvalidRequest)$/.test(code);
  return status === 501 || (status === 400 && isInvalid) ? 'unsupported' : undefined;
}

/** What was done when the answer came. */
export interface RefusedRequest {
  readonly use: LinkUse;
  readonly sent: SentRequest;
  /** Of the answer. Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Reads the few elements that tell the cause and compares the request that S3 saw with the one that was sent; the rest
 * of the answer is dropped, as it may hold signature and token.
 */
export function parseRefusal(status: number, xml: string, about?: RefusedRequest): LinkRefusedError {
  const element = (name: string) => readElement(xml, name);
  const said = element('Code') ?? '';
  const code = isPlainCode(said) ? said : '';
  const message = unescapeXml(element('Message') ?? '');
  const reason = ownWords(message);
  const details = answerDetails(element, { message, reason });
  const refusal = {
    status,
    code,
    reason,
    headersNotSigned: namesIn(element('HeadersNotSigned')),
    details: present({
      ...details,
      ...(about === undefined ? {} : requestDetails(about, { xml, code, reason, said: details })),
    }),
  };
  return new LinkRefusedError(refusal, about?.use);
}

function readElement(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]{1,4000})</${name}>`).exec(xml)?.[1];
}

/** The names of headers in a list of S3's; what is not a name is left out. */
function namesIn(list: string | undefined): readonly string[] | undefined {
  const names = (list ?? '').split(/[\s,;]+/).filter(isPlainCode);
  return names.length === 0 ? undefined : names;
}

type Element = (name: string) => string | undefined;

/** S3's sentence without the names and values in it, which may be words that it uses itself. */
function ownWords(message: string): string {
  if (message.includes('is not authorized to perform:')) return 'not authorized';
  return message
    .replace(/["[].*$/s, '')
    .trim()
    .slice(0, 300);
}

/** As "Request has expired" and "Invalid according to Policy: Policy expired."; of a field no more than its name is told. */
export function saysExpired(reason: string): boolean {
  return /^(?:Invalid according to Policy: )?[\w ]{1,40}\bexpired\b/i.test(reason);
}

interface Sentence {
  readonly message: string;
  /** Without names and values. */
  readonly reason: string;
}

function answerDetails(element: Element, { message, reason }: Sentence): RefusalDetails {
  return {
    ...(saysExpired(reason) ? { endedAt: readDate(element('Expires')) } : {}),
    ...(/not yet valid/i.test(reason) ? { beginsAt: readDate(element('X-Amz-Date')) } : {}),
    signedRegion: /the region '([\w-]{1,40})' is wrong/.exec(message)?.[1],
    bucketRegion: regionName(element('Region')) ?? /expecting '([\w-]{1,40})'/.exec(message)?.[1],
    endpoint: /^[\w.-]{1,253}(?::\d{1,5})?$/.exec(element('Endpoint') ?? '')?.[0],
    minBytes: readBytes(element('MinSizeAllowed')),
    maxBytes: readBytes(element('MaxSizeAllowed')),
    formField:
      /(?:Condition failed: \["?(?:eq|starts-with)"?,\s*"?\$?|Extra input fields: )([\w-]{1,100})/.exec(
        message,
      )?.[1],
    isWrongForm: element('Condition')?.includes('multipart/form-data') === true ? true : undefined,
    permission: /perform: ([a-z0-9-]{1,20}:\w{1,60})/.exec(message)?.[1],
  };
}

interface Answer {
  readonly xml: string;
  readonly code: string;
  readonly reason: string;
  readonly said: RefusalDetails;
}

/** What the link itself and the headers of the answer add. */
function requestDetails(
  { sent, headers }: RefusedRequest,
  { xml, code, reason, said }: Answer,
): RefusalDetails {
  const link = parseUrl(sent.url, {});
  const region = headers['x-amz-bucket-region'];
  const date = new Date(typeof headers.date === 'string' ? headers.date : Number.NaN);
  const signedHeaders = 'problem' in link ? [] : link.signedHeaders;
  // Some stores refuse a link that has ended without saying why.
  const isOver = !('problem' in link) && code === 'AccessDenied' && link.endsAt < date;
  const knowsEnd = isOver || saysExpired(reason);
  return {
    method: sent.method,
    signedHeaders,
    createsOnly: 'if-none-match' in sent.headers,
    ...('problem' in link ? {} : { permission: said.permission ?? permissionFor(sent.method, link) }),
    ...(typeof region === 'string' ? { bucketRegion: regionName(region) } : {}),
    ...('problem' in link || link.signature !== 'v4'
      ? {}
      : { signedRegion: said.signedRegion ?? link.region }),
    ...('problem' in link || !knowsEnd ? {} : { endedAt: link.endsAt }),
    ...('problem' in link || !/not yet valid/i.test(reason) ? {} : { beginsAt: link.madeAt }),
    ...(code === 'SignatureDoesNotMatch' ? { differences: differencesOf(xml, sent, signedHeaders) } : {}),
  };
}

/** What the server saw counts most; undefined where nothing differs and the server does not say what it saw. */
function differencesOf(
  xml: string,
  sent: SentRequest,
  signedHeaders: readonly string[],
): readonly Difference[] | undefined {
  const canonical = /<CanonicalRequest>([^<]*)<\/CanonicalRequest>/.exec(xml)?.[1];
  const byLink = differencesByLink(sent, signedHeaders);
  if (canonical === undefined) return byLink.length > 0 ? byLink : undefined;
  const seen = compareWithCanonical(unescapeXml(canonical), sent);
  const missing = new Set(seen.map((difference) => ('name' in difference ? difference.name : '')));
  return [
    ...seen,
    ...byLink.filter((difference) => !('name' in difference) || !missing.has(difference.name)),
  ];
}

/** Line ends may come as CR LF, which XML counts as one. */
function unescapeXml(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/&#(?:10|xA);/gi, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

function regionName(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z0-9-]{1,40}$/.test(text) ? text : undefined;
}

/** ISO 8601, or the milliseconds that AWS writes for a link of the future (minio/minio#2638). */
function readDate(text: string | undefined): Date | undefined {
  const date = new Date(text !== undefined && /^\d{12,14}$/.test(text) ? Number(text) : (text ?? Number.NaN));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readBytes(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** The details that an answer has, without words in which it may echo a secret. */
function present(details: RefusalDetails): RefusalDetails {
  return Object.fromEntries(
    Object.entries(details).filter(
      ([, value]: [string, unknown]) =>
        value !== undefined && (typeof value !== 'string' || redact(value) === value),
    ),
  );
}
