import type { Message } from '../failures/message.js';

/**
 * A web address, parsed once: what is displayed, what is decided and where a request goes all come from this value. The
 * host is normalized by Node's URL class: lower case, Punycode, IPv4 as four decimal numbers.
 */
export interface WebAddress {
  readonly isSecure: boolean;
  /** With the port if it is not the default one, as in the Host header. */
  readonly host: string;
  /** Without a port; IPv6 in brackets. */
  readonly hostname: string;
  readonly port: number;
  /** Path and query byte for byte, without the fragment: the URL class would collapse the dot segments of a key. */
  readonly target: string;
  /** Decoded, without the first slash; undefined if it cannot be decoded. */
  readonly path: string | undefined;
  readonly query: string;
}

export interface AddressProblem {
  readonly problem: Message;
}

const notWeb: Message = { text: 'This address does not begin with http:// or https://.' };
/** It would be sent as U+FFFD, which is not the character displayed. */
const malformed: Message = {
  text: 'This address has an invalid character. Copy the whole address.',
};
const userInfo: Message = {
  text: 'This address has a user name before its host. Remove everything between // and @.',
};
const invalidHost: Message = {
  text: 'The host or port in this address is not valid. Copy the whole address.',
};

/**
 * Reads an `http:` or `https:` address. Parsers disagree on what a user name, a backslash, a percent sign or a line
 * break before the path means, so one could display a different host than another contacts. All of these are refused.
 * Sources: RFC 3986, section 3.2, and the URL standard, "URL parsing".
 */
export function parseWebAddress(text: string): WebAddress | AddressProblem {
  if (!text.isWellFormed()) return { problem: malformed };
  const match = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(text);
  if (match === null) return { problem: notWeb };
  const [, scheme = '', authority = '', path = '', query = ''] = match;
  const url = parseAuthority(scheme.toLowerCase(), authority);
  if (url === undefined) return { problem: authority.includes('@') ? userInfo : invalidHost };
  const isSecure = url.protocol === 'https:';
  return {
    isSecure,
    host: url.host,
    hostname: url.hostname,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    target: path + query,
    path: decodePercent(path.replace(/^\//, '')),
    query: query.slice(1),
  };
}

/** The address with the host that a request goes to, and the rest as it was written. */
export function formatWebAddress({ isSecure, host, target }: WebAddress): string {
  return `${isSecure ? 'https' : 'http'}://${host}${target}`;
}

/** The URL of an authority; undefined if a character in it could end the host or encode another one. */
function parseAuthority(scheme: string, authority: string): URL | undefined {
  if (/[\p{Cc}\s\\%@]/u.test(authority)) return undefined;
  const origin = `${scheme}://${authority}`;
  if (!URL.canParse(origin)) return undefined;
  const url = new URL(origin);
  return isHostname(url.hostname) && url.port !== '0' ? url : undefined;
}

/** An IP address, or a name within the length that DNS allows. Old bucket names may contain underscores. */
function isHostname(hostname: string): boolean {
  if (hostname.startsWith('[')) return true;
  return hostname.length <= 254 && /^[a-z\d_-]{1,63}(?:\.[a-z\d_-]{1,63})*\.?$/.test(hostname);
}

/** Undefined if the text is not percent-encoded UTF-8. */
export function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
