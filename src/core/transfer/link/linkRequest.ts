import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { defaultTimeLimits, type TimeLimits } from '../../connection/requests/limits.js';
import { failOnUpgrade } from '../../connection/requests/protocolSwitch.js';
import { failOnOtherPath } from '../../connection/requests/proxiedPath.js';
import { parseWebAddress } from '../../connection/webAddress.js';
import { MessageError } from '../../failures/message.js';
import { limitRequest } from './requestLimits.js';
import type { SentRequest } from '../refusals/refusal.js';

export interface LinkRequestOptions {
  readonly signal: AbortSignal;
  /** The certificate authorities to trust, as PEM; absent for those that Node and VS Code trust. */
  readonly ca?: readonly string[] | undefined;
  /** For a request whose headers do not set it. */
  readonly userAgent?: string | undefined;
}

class LinkAddressError extends MessageError {
  override readonly name = 'LinkAddressError';
}

/**
 * Opens a request through a link, with its path exactly as in the link: `fetch` and the URL class collapse
 * dot segments. The connection, the certificate and the Host header are for the host that Signpost shows for
 * the link. Redirects are not followed. Nothing is sent before the request is written to or ended. The
 * request fails before it is sent if a proxy would lead it elsewhere: {@link failOnOtherPath}.
 * @throws LinkAddressError if {@link parseWebAddress} refuses the URL
 */
export function openLinkRequest(
  { method, url, headers }: SentRequest,
  { signal, ca, userAgent }: LinkRequestOptions,
): ClientRequest {
  const address = parseWebAddress(url);
  if ('problem' in address) throw new LinkAddressError(address.problem);
  const { isSecure, host, port, target } = address;
  const path = encodeUnsendable(target.startsWith('/') ? target : `/${target}`);
  const hostname = address.hostname.replace(/^\[|\]$/g, '');
  // Looked up for each request: VS Code replaces the modules' functions with its own, which use its proxy
  // settings.
  const { request } = isSecure ? https : http;
  // The link may have signed a user agent.
  const namesAgent = Object.keys(headers).some((name) => name.toLowerCase() === 'user-agent');
  const opened = request({
    method,
    hostname,
    port,
    // Node would take it from the Host header. TLS does not allow IP addresses here (RFC 6066, section 3).
    ...(isSecure ? { servername: isIP(hostname) === 0 ? hostname : '' } : {}),
    path,
    signal,
    ...(ca === undefined ? {} : { ca: [...ca] }),
    headers: {
      ...headers,
      host,
      ...(userAgent === undefined || namesAgent ? {} : { 'user-agent': userAgent }),
    },
  });
  failOnOtherPath(opened, path);
  return opened;
}

/** Rejects when the request fails or is closed before its final answer. @throws ProtocolSwitchError */
export function waitForResponse(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Never removed: a request that is destroyed after its answer may fail again, with no other listener.
    request.on('error', reject);
    failOnUpgrade(request);
    request.once('close', () => {
      reject(
        Object.assign(new Error('The connection was closed before the server answered.'), {
          code: 'ECONNRESET',
        }),
      );
    });
  });
}

/** Encodes what HTTP cannot carry, as browsers do, and nothing else. */
function encodeUnsendable(path: string): string {
  return path.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

export interface ReadOptions extends LinkRequestOptions {
  readonly timeLimits?: TimeLimits;
}

/**
 * Sends a request without a body and passes the response to `take`. The connection is closed afterwards.
 * @throws ConnectTimeoutError; SilentServerError; ProtocolSwitchError; an AbortError after `signal`; errors
 * of `take`
 */
export async function readThroughRequest<Result>(
  sent: SentRequest,
  options: ReadOptions,
  take: (answer: IncomingMessage) => Promise<Result>,
): Promise<Result> {
  // The server would wait for a body of that length.
  const headers = Object.fromEntries(
    Object.entries(sent.headers).filter(([name]) => name !== 'content-length'),
  );
  const request = openLinkRequest({ ...sent, headers }, options);
  const limit = limitRequest(request, options.timeLimits ?? defaultTimeLimits);
  const answered = waitForResponse(request);
  request.end();
  try {
    return await take(await answered);
  } catch (error) {
    throw limit.failure ?? (options.signal.aborted ? options.signal.reason : error);
  } finally {
    request.destroy();
  }
}

/**
 * The size of the whole object, even if the response contains only its first byte; undefined if the server
 * does not say.
 */
export function objectSizeBytes(answer: IncomingMessage): number | undefined {
  // An empty object has no first byte.
  if (answer.statusCode === 416) return 0;
  if (answer.statusCode !== 206) return lengthOf(answer);
  return parseLength(/\/(\d{1,16})$/.exec(answer.headers['content-range'] ?? '')?.[1]);
}

/** How many bytes the body of an answer has, as the server says. */
export function lengthOf({ headers }: IncomingMessage): number | undefined {
  return parseLength(headers['content-length']);
}

function parseLength(length: string | undefined): number | undefined {
  return length !== undefined && /^\d{1,16}$/.test(length) ? Number(length) : undefined;
}

/** S3's refusals have a few kilobytes, but the server behind a received link may send anything. */
const maxRefusalBytes = 256 * 1024;

/** The body of a refusal; only the beginning of a long one. */
export async function readRefusal(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of answer) {
    pieces.push(piece as Buffer);
    sizeBytes += (piece as Buffer).byteLength;
    if (sizeBytes >= maxRefusalBytes) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}
