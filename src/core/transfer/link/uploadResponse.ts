import type { IncomingHttpHeaders } from 'node:http';
import { MessageError } from '../../failures/message.js';
import type { Digests } from './contentDigest.js';
import { parseRefusal } from '../refusals/parseRefusal.js';
import type { SentRequest } from '../refusals/refusal.js';

/** The fields of a form, which say how S3 should answer it. */
export type FormFields = Readonly<Record<string, string>>;

/** An answer to an upload, with the beginning of its body. */
export interface UploadResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What the answer is compared with. */
export interface Expected {
  readonly sent: SentRequest;
  /** Of a form; undefined for every other upload. */
  readonly fields: FormFields | undefined;
  /** Of all that was sent; undefined if the answer came before the last byte was sent. */
  readonly digests: Digests | undefined;
}

export interface Uploaded {
  /** Without its quotes; undefined if the store returns none. */
  readonly etag: string | undefined;
  /**
   * Whether the server has proved, by a digest or by what it says about the object, that it has the content.
   */
  readonly isConfirmed: boolean;
}

/** An answer that looks like success but is not. */
export class NotUploadedError extends MessageError {
  override readonly name = 'NotUploadedError';
}

/** An answer that S3 never gives: only a look at the object shows what became of the upload. */
export class UnexpectedResponseError extends NotUploadedError {}

/**
 * What an answer to an upload proves. A proxy or a sign-in page may also answer 200, so only a digest of the
 * content, in an ETag or a checksum, confirms it.
 * Source: Amazon S3 API Reference, "PutObject", "UploadPart" and "POST Object".
 * @throws LinkRefusedError, NotUploadedError
 */
export function readUploadResponse(answer: UploadResponse, { sent, fields, digests }: Expected): Uploaded {
  const { status, headers, text } = answer;
  const refusal = () => parseRefusal(status, text, { use: 'upload', sent, headers });
  const location = status === 303 ? successPage(headers.location, fields) : undefined;
  if (location === undefined && (status < 200 || status > 299)) throw refusal();
  if (startsWithElement('Error', text)) throw refusal();
  const etag = parseEtag(location?.searchParams.get('etag') ?? headers.etag);
  const isConfirmed = digests !== undefined && isVerified(etag, { headers, digests });
  if (!isConfirmed && isWebPage(answer, location)) throw new NotUploadedError(webPage);
  const result = resultOf(text);
  if (!isConfirmed && result !== undefined) throw new NotUploadedError({ ...otherResult, args: [result] });
  if (digests === undefined) throw new NotUploadedError(tooEarly);
  const statuses = isConfirmed ? successes : expectedStatuses(fields);
  if (location === undefined && !statuses.includes(status))
    throw new UnexpectedResponseError({ ...otherStatus, args: [status] });
  const isUnexpected = isConfirmed ? startsWithPage(text) : !isExpectedBody(text);
  if (location === undefined && isUnexpected) throw new UnexpectedResponseError(otherBody);
  return { etag, isConfirmed };
}

const webPage = {
  text: 'A web page answered instead of S3, such as a Wi-Fi sign-in page, so the file was not uploaded. Open a page in a browser, then try again.',
};
const tooEarly = {
  text: 'The server answered before the whole file was sent, so the file was not uploaded. Check the network and the proxy, then try again.',
};
const otherStatus = {
  text: 'The server answered {0}, which S3 never does for an upload. Check the date and size of the object before you try again.',
};
const otherBody = {
  text: 'The server answered with text, which S3 never does for an upload. Check the date and size of the object before you try again.',
};
const otherResult = {
  text: 'The server answered {0}, so the link did something other than this upload. Check the object before you try again.',
};
const otherContent = {
  text: 'The server stored different content: the checksum does not match. Upload the file again.',
};

/** Some stores answer a PUT as other web servers do. */
const successes: readonly number[] = [200, 201, 204];

/** A form requests a status; stores that do not know the field answer 204, as S3 does by default. */
function expectedStatuses(fields: FormFields | undefined): readonly number[] {
  if (fields === undefined) return successes;
  return [204, Number(fieldOf(fields, 'success_action_status'))];
}

/** Whether the ETag or a checksum in the answer is that of the content. */
function isVerified(
  etag: string | undefined,
  { headers, digests }: { readonly headers: IncomingHttpHeaders; readonly digests: Digests },
): boolean {
  // Anything but the MD5 proves nothing: with SSE-KMS, in directory buckets and in some stores the ETag is
  // not an MD5.
  const isMd5 = digests.md5 !== undefined && etag?.toLowerCase() === digests.md5;
  const claimed = Object.entries(digests.checksums).filter(([name]) => headers[name] !== undefined);
  if (claimed.some(([name, checksum]) => headers[name] !== checksum))
    throw new NotUploadedError(otherContent);
  return isMd5 || claimed.length > 0;
}

/** Stores built on web frameworks declare even an empty answer as HTML, and an empty one proves nothing. */
function isWebPage({ headers, text }: UploadResponse, location: URL | undefined): boolean {
  if (location !== undefined) return false;
  const isHtml = headers['content-type']?.includes('html') === true && !isExpectedBody(text);
  return isHtml || startsWithPage(text);
}

function startsWithPage(text: string): boolean {
  return /^<(?:!doctype|html|head|body|script)\b/i.test(afterProlog(text));
}

/** Gateways and other servers report errors in their own words, with status 200. */
function isExpectedBody(text: string): boolean {
  return /^(?:\{\s*\}\s*)?$/.test(afterProlog(text)) || startsWithElement('PostResponse', text);
}

/**
 * What S3 answers to other operations, such as `CopyObjectResult`; to an upload it answers nothing or
 * `PostResponse`.
 */
function resultOf(text: string): string | undefined {
  return /^<([a-z]{1,40}Result)[\s/>]/i.exec(afterProlog(text))?.[1];
}

/** Without the XML declaration, processing instructions and comments that come first. */
function afterProlog(text: string): string {
  return text.replace(/^(?:\s|<\?.*?\?>|<!--.*?-->)+/s, '');
}

function startsWithElement(element: string, text: string): boolean {
  return (
    afterProlog(text)
      .slice(0, element.length + 1)
      .toLowerCase() === `<${element.toLowerCase()}`
  );
}

function parseEtag(text: string | undefined): string | undefined {
  return text?.replace(/^(?:W\/)?"|"$/g, '');
}

/**
 * Where S3 sends the browser after an upload: the page that the form names, to which S3 adds `bucket`, `key`
 * and `etag`. Undefined for every other URL.
 * Source: Amazon S3 API Reference, "POST Object", `success_action_redirect`.
 */
function successPage(location: string | undefined, fields: FormFields = {}): URL | undefined {
  const asked = fieldOf(fields, 'success_action_redirect') ?? fieldOf(fields, 'redirect');
  if (location === undefined || asked === undefined) return undefined;
  if (!URL.canParse(location) || !URL.canParse(asked)) return undefined;
  const [given, wanted] = [new URL(location), new URL(asked)];
  if (given.origin !== wanted.origin || given.pathname !== wanted.pathname) return undefined;
  const parameters = [...given.searchParams].map((parameter) => parameter.join('='));
  const own = [...wanted.searchParams].map((parameter) => parameter.join('='));
  const added = parameters.slice(own.length).every((parameter) => /^(?:bucket|key|etag)=/.test(parameter));
  return own.every((parameter, index) => parameters[index] === parameter) && added ? given : undefined;
}

function fieldOf(fields: FormFields, name: string): string | undefined {
  return Object.entries(fields).find(([field]) => field.toLowerCase() === name)?.[1];
}
