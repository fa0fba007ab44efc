import { isPlainCode } from '../../failures/failureText.js';
import { redact } from '../../failures/redact.js';
import { linkMethod } from '../../links/exchange.js';
import { parseUrl } from '../../links/parse/parseUrl.js';
import { LinkRefusedError } from './linkRefusedError.js';
import { permissionFor } from './permission.js';
import {
  saysExpired,
  type Difference,
  type LinkUse,
  type RefusalDetails,
  type SentRequest,
} from './refusal.js';
import { compareWithCanonical, differencesByLink } from './signatureDifference.js';

/** The refused request, and the headers of the answer. */
export interface RefusedRequest {
  readonly use: LinkUse;
  readonly sent: SentRequest;
  /** Of the answer. Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Reads the few elements that give the cause, and compares the request that S3 saw with the one that was
 * sent. The rest of the answer is dropped, because it may contain the signature and the token.
 */
export function parseRefusal(status: number, xml: string, about?: RefusedRequest): LinkRefusedError {
  const element = (name: string) => readElement(xml, name);
  const givenCode = element('Code') ?? '';
  const code = isPlainCode(givenCode) ? givenCode : '';
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
      ...(about === undefined ? {} : requestDetails(about, { xml, code, reason, details })),
    }),
  };
  return new LinkRefusedError(refusal, about?.use);
}

function readElement(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]{1,4000})</${name}>`).exec(xml)?.[1];
}

/** The header names in a list of S3's; anything that is not a name is left out. */
function namesIn(list: string | undefined): readonly string[] | undefined {
  const names = (list ?? '').split(/[\s,;]+/).filter(isPlainCode);
  return names.length === 0 ? undefined : names;
}

type Element = (name: string) => string | undefined;

/** S3's sentence without the names and values in it, which could be mistaken for S3's own words. */
function ownWords(message: string): string {
  if (message.includes('is not authorized to perform:')) return 'not authorized';
  return message
    .replace(/["[].*$/s, '')
    .trim()
    .slice(0, 300);
}

interface Sentence {
  readonly message: string;
  /** Without names and values. */
  readonly reason: string;
}

function answerDetails(element: Element, { message, reason }: Sentence): RefusalDetails {
  return {
    ...(saysExpired(reason) ? { expiredAt: readDate(element('Expires')) } : {}),
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
  readonly details: RefusalDetails;
}

/** What the link itself and the headers of the answer add. */
function requestDetails(
  { sent, headers }: RefusedRequest,
  { xml, code, reason, details }: Answer,
): RefusalDetails {
  const link = parseUrl(sent.url, { method: linkMethod(sent.method) });
  const region = headers['x-amz-bucket-region'];
  const date = new Date(typeof headers.date === 'string' ? headers.date : Number.NaN);
  const signedHeaders = 'problem' in link ? [] : link.signedHeaders;
  // Some stores refuse an expired link without saying why.
  const hasExpired = !('problem' in link) && code === 'AccessDenied' && link.expiresAt < date;
  const knowsExpiry = hasExpired || saysExpired(reason);
  return {
    method: sent.method,
    signedHeaders,
    createsOnly: 'if-none-match' in sent.headers,
    ...('problem' in link
      ? {}
      : {
          permission: details.permission ?? permissionFor(link),
          target: link.key === '' ? 'bucket' : 'object',
        }),
    ...(typeof region === 'string' ? { bucketRegion: regionName(region) } : {}),
    ...('problem' in link || link.signature !== 'v4'
      ? {}
      : { signedRegion: details.signedRegion ?? link.region }),
    ...('problem' in link || !knowsExpiry ? {} : { expiredAt: link.expiresAt }),
    ...('problem' in link || !/not yet valid/i.test(reason) ? {} : { beginsAt: link.signedAt }),
    ...(code === 'SignatureDoesNotMatch' ? { differences: differencesOf(xml, sent, signedHeaders) } : {}),
  };
}

/**
 * What the server saw takes precedence; undefined if nothing differs and the server does not say what it saw.
 */
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

/** Lines may end in CR LF, which XML counts as one line break. */
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

/** ISO 8601, or the milliseconds that AWS writes for a link that is not valid yet (minio/minio#2638). */
function readDate(text: string | undefined): Date | undefined {
  const date = new Date(text !== undefined && /^\d{12,14}$/.test(text) ? Number(text) : (text ?? Number.NaN));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readBytes(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** The details that are present, without texts that may echo a secret. */
function present(details: RefusalDetails): RefusalDetails {
  return Object.fromEntries(
    Object.entries(details).filter(
      ([, value]: [string, unknown]) =>
        value !== undefined && (typeof value !== 'string' || redact(value) === value),
    ),
  );
}
