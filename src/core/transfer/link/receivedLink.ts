import { isSubresource } from '../../links/parse/parameters.js';
import type { ParsedLink, ParsedUrl } from '../../links/parse/parsedLink.js';
import { MessageError, type Message } from '../../failures/message.js';
import type { DownloadLink } from './downloadThroughLink.js';
import { nameList } from '../../text/nameList.js';

/** A received link that cannot be used as intended. Nothing was sent. */
export class UnusableLinkError extends MessageError {
  override readonly name = 'UnusableLinkError';
}

/**
 * Headers, which stores accept as parameters too, that turn an upload into something else: a copy, an append,
 * a part. Sources: API references of Amazon S3 and of the stores that adopted its API; RFC 9110, section
 * 14.5.
 */
const unexpectedHeader =
  /^(?:x-[a-z]+-(?:copy|move|rename)-source.*|x-[a-z]+-write-offset.*|content-range|x-http-method(?:-override)?|x-method-override)$/;

/** Parameters other than S3's subresources that turn a request into something else. Sources: the same. */
const unexpectedParameter = /^(?:rename|append|modify|truncate|symlink|compose|uploadid|partnumber)$/;

/** What S3 accepts with an upload of a whole object. Source: Amazon S3 API Reference, "PutObject". */
const ofUpload =
  /^(?:host|user-agent|accept(?:-encoding|-language)?|content-(?:type|disposition|encoding|language|length|md5)|cache-control|expires|if-(?:none-)?match|x-amz-(?:acl|tagging|storage-class|website-redirect-location|expected-bucket-owner|request-payer|sdk-checksum-algorithm|content-sha256|date|security-token|user-agent|(?:meta|grant|object-lock|checksum)-.+|server-side-encryption(?:-.+)?))$/;

/** Names of headers and parameters, in lower case. */
function namesOf({ parameters, headers, signedHeaders }: ParsedUrl): readonly string[] {
  return [...new Set([...Object.keys(parameters), ...Object.keys(headers), ...signedHeaders])];
}

function isUnexpected(name: string): boolean {
  return unexpectedHeader.test(name) || unexpectedParameter.test(name) || isSubresource(name);
}

/** The name in a link that makes it about something other than the content of one object, or undefined. */
export function unexpectedUseOf(link: ParsedUrl, operations: readonly string[]): string | undefined {
  const { operation, statedOperation } = link;
  const name = namesOf(link).find((one) => isUnexpected(one));
  if (name !== undefined) return name;
  // Servers ignore this name, but the signer meant another operation.
  if (statedOperation !== undefined) return `x-id=${statedOperation}`;
  return operation === undefined || operations.includes(operation) ? undefined : operation;
}

/** The same for a form, whose fields S3 reads as headers. */
export function unexpectedFieldOf(fields: readonly string[]): string | undefined {
  return fields.find((field) => unexpectedHeader.test(field.toLowerCase()));
}

/** Names in an upload link that S3 does not document for uploads; another server may obey them. */
export function unknownNamesOf(link: ParsedUrl): readonly string[] {
  const names = link.versionId === undefined ? namesOf(link) : [...namesOf(link), 'versionid'];
  return names.filter((name) => !ofUpload.test(name));
}

/** @throws UnusableLinkError if the link has expired by `now` */
export function assertNotExpired({ expiresAt }: ParsedLink, now: Date): void {
  if (expiresAt > now) return;
  refuse({
    text: 'The link expired at {0}. Nothing was sent. Ask for a new link.',
    args: [expiresAt],
  });
}

export function refuse(message: Message): never {
  throw new UnusableLinkError(message);
}

/**
 * Headers that ask for a part, a condition or another representation. Source: RFC 9110, sections 12.5, 13.1
 * and 14.2.
 */
const selective = /^(?:range|if-.+|accept(?:-.+)?)$/;

/**
 * The headers to send with a link that reads. Without a signature, anyone can add a header that makes the
 * link return something other than the whole object; the link works without it.
 */
export function headersForReading({ headers, signedHeaders }: ParsedUrl): Readonly<Record<string, string>> {
  const sent = Object.entries(headers).filter(
    ([name]) => signedHeaders.includes(name) || !selective.test(name),
  );
  return Object.fromEntries(sent);
}

/** What is needed to download through a received link. */
export function planDownload(link: ParsedLink, now: Date): DownloadLink {
  if (link.kind === 'form')
    return refuse({ text: 'This is an upload form, so there is nothing to download.' });
  if (!link.methods.includes('GET'))
    return refuse({
      text: 'This link is for {0}, not for a download (GET). Ask for a download link.',
      args: [link.methods.join(', ')],
    });
  if (link.key === '' || unexpectedUseOf(link, ['GetObject']) !== undefined)
    return refuse({
      text: 'This link does not return an object, but information about a bucket or an object.',
    });
  assertNotExpired(link, now);
  const missing = link.signedHeaders.filter((name) => !Object.hasOwn(link.headers, name));
  if (missing.length > 0)
    return refuse({
      text: 'This link requires headers with signed values that it does not contain ({0}). Ask for a link without them.',
      args: [nameList(missing)],
    });
  return { url: link.url, key: link.key, headers: headersForReading(link) };
}
