import { linkMethod } from '../exchange.js';
import { isHttpName } from '../httpNames.js';
import { findLinkAt, findLinks, isWholeAddress } from './findLink.js';
import type { ParsedLink } from './parsedLink.js';
import { parseForm, readHtmlForm } from './parseForm.js';
import { parseJson } from './parsePolicy.js';
import { invalidHeader, parseUrl, type LinkProblem, type ParseLinkOptions } from './parseUrl.js';
import type { Message } from '../../failures/message.js';
import { hasRepeatedName } from '../../text/repeatedNames.js';
import { nameList } from '../../text/nameList.js';
import { ownValue } from '../../text/own.js';

const notLink: Message = {
  text: 'This is not a presigned URL or an S3 upload form. Copy the whole link.',
};
const repeatedName: Message = {
  text: 'This JSON repeats a name, so it can be read in two ways. Ask for another form.',
};

/** In characters. A form has a few thousand; what happens to be on the clipboard may have millions. */
export const maxTextLength = 200_000;

/**
 * Parses a received link: a presigned URL (signature version 2, 4 or 4A), bare or in quotes or angle
 * brackets; JSON `{url, fields}` of a form upload as boto3 and Signpost write it; JSON `{url, method,
 * headers}`; or an HTML page with such a form. Sends nothing. The problem says why the text is none of these,
 * without quoting it.
 */
export function parseLink(text: string, options: ParseLinkOptions = {}): ParsedLink | LinkProblem {
  if (text.length > maxTextLength) return { problem: notLink };
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return parseJsonLink(trimmed, options);
  if (/^<(?!https?:)/i.test(trimmed)) {
    const form = readHtmlForm(trimmed);
    return form === undefined
      ? { problem: { text: 'This page does not contain an S3 upload form.' } }
      : parseForm(form, options);
  }
  const found = findLinkAt(trimmed, 0) ?? findLinkAt(trimmed, trimmed.search(/https?:/i));
  const around = found === undefined ? trimmed : trimmed.slice(0, found.start) + trimmed.slice(found.end);
  if (found !== undefined && /^["'`<>()[\]{},.;:]*$/.test(around))
    return parseUrl(unescapeSource(found.text), options);
  return isWholeAddress(trimmed) ? parseUrl(unescapeSource(trimmed), options) : { problem: notLink };
}

/** Names in signed links and forms, including those of other services. */
const signedName = /x-(?:amz|goog)-(?:signature|credential)|awsaccesskeyid|key-pair-id|[?&]sig=/i;

/**
 * The reason why {@link parseLink} refuses a signed link or form. Undefined for one that it accepts, and for
 * any other text, such as what happens to be on the clipboard. Sends nothing; the reason contains no part of
 * the signature.
 */
export function explainUnreadable(text: string, options: ParseLinkOptions = {}): Message | undefined {
  if (!signedName.test(text)) return undefined;
  const read = parseLink(text, options);
  return 'problem' in read && read.problem !== notLink ? read.problem : undefined;
}

/** Unescapes a link that was copied from the source of a page or from JSON. */
function unescapeSource(url: string): string {
  const plain = url.replace(/\\u0026/gi, '&').replaceAll('\\/', '/');
  return /&amp;(?:x-amz-|signature=|expires=)/i.test(plain) ? unescapeHtml(plain) : plain;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes the character references in a page's source. */
function unescapeHtml(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
    (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return ownValue(entities, name.toLowerCase()) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/**
 * The first presigned URL in a longer text, such as a command; or the text itself, if it is a link or a form.
 */
export function parseLinkIn(text: string, options: ParseLinkOptions = {}): ParsedLink | LinkProblem {
  const whole = parseLink(text, options);
  if (!('problem' in whole)) return whole;
  const found = findLinks(text)[0];
  if (found === undefined) return whole;
  const first = parseLink(found.text, options);
  return 'problem' in first ? whole : first;
}

function parseJsonLink(text: string, options: ParseLinkOptions): ParsedLink | LinkProblem {
  const json = membersOf(parseJson(text));
  const url = memberOf(json, 'url');
  if (typeof url !== 'string') return { problem: { text: 'This JSON has no "url". Copy all of it.' } };
  const fields = readTexts(memberOf(json, 'fields') ?? memberOf(json, 'values'));
  const headers = readTexts(memberOf(json, 'headers') ?? memberOf(json, 'signedheader'));
  const unread = [...fields.unread, ...headers.unread];
  if (unread.length > 0)
    return {
      problem: { text: 'These values in the JSON are not text: {0}.', args: [nameList(unread)] },
    };
  if (fields.texts.length > 0)
    return hasRepeatedName(text, { ignoreCase: false })
      ? { problem: repeatedName }
      : parseForm({ url, fields: Object.fromEntries(fields.texts) }, options);
  const named = headers.texts.map(([name, content]) => [name.toLowerCase(), content] as const);
  if (named.some(([name]) => !isHttpName(name))) return { problem: invalidHeader };
  const wrong = named.filter((header) => !isSendable(header)).map(([name]) => name);
  if (wrong.length > 0)
    return {
      problem: { text: 'This JSON has headers that cannot be sent ({0}).', args: [nameList(wrong)] },
    };
  const method = linkMethod(memberOf(json, 'method'));
  return parseUrl(url, { ...options, headers: Object.fromEntries(named), method });
}

/** Whether HTTP can carry a header and leaves it to the sender. Source: RFC 9110, sections 5.5 and 7.6.1. */
function isSendable([name, value]: readonly [name: string, value: string]): boolean {
  const isOfConnection = /^(?:connection|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/.test(name);
  return !isOfConnection && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

type Members = readonly (readonly [name: string, value: unknown])[];

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/**
 * A member by its lower-case name, else in any case: the AWS SDK for Go writes `URL`, `Method`,
 * `SignedHeader` and, for a form, `Values`.
 */
function memberOf(members: Members, name: string): unknown {
  const found =
    members.find(([other]) => other === name) ?? members.find(([other]) => other.toLowerCase() === name);
  return found?.[1];
}

interface Texts {
  readonly texts: readonly (readonly [name: string, text: string])[];
  /** Names of values that cannot be sent as one text. */
  readonly unread: readonly string[];
}

function readTexts(value: unknown): Texts {
  const texts: (readonly [string, string])[] = [];
  const unread: string[] = [];
  for (const [name, given] of membersOf(value)) {
    // Go and PHP write a header as a list of its values.
    const one: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
    if (typeof one === 'string') texts.push([name, one]);
    else if (Number.isSafeInteger(one)) texts.push([name, String(one)]);
    else if (one !== null) unread.push(name);
  }
  return { texts, unread };
}
