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
  /** For a request whose headers name none. */
  readonly userAgent?: string | undefined;
}

class LinkAddressError extends MessageError {
  override readonly name = 'LinkAddressError';
}

/**
 * Opens a request through a link, with its path exactly as it stands there: `fetch` and the URL class collapse dot
 * segments. The connection, the certificate and the Host header are for the host that the link's reader shows.
 * Redirects are not followed. Nothing is sent before the request is written to or ended.
 * The request fails before it is sent where a proxy would lead it elsewhere: {@link failOnOtherPath}.
 * @throws LinkAddressError where {@link parseWebAddress} refuses the address
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
  // Looked up for each request: VS Code puts functions that know its proxy settings into the modules' objects.
  const { request } = isSecure ? https : http;
  // The link may have signed its own.
  const namesAgent = Object.keys(headers).some((name) => name.toLowerCase() === 'user-agent');
  const opened = request({
    method,
    hostname,
    port,
    // Node would take it from the Host header. TLS names no IP address (RFC 6066, section 3).
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
export function waitForAnswer(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays for good: a request that is destroyed after its answer may fail once more, with nobody else listening.
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

/** What HTTP cannot carry, as browsers encode it before they send it; nothing else is touched. */
function encodeUnsendable(path: string): string {
  return path.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

export interface ReadOptions extends LinkRequestOptions {
  readonly timeLimits?: TimeLimits;
}

/**
 * Sends a request without a body and hands its answer on. Its connection is closed afterwards.
 * @throws ConnectTimeoutError; SilentServerError; ProtocolSwitchError; an AbortError after `signal`; what `take` does
 */
export async function readThroughRequest<Result>(
  sent: SentRequest,
  options: ReadOptions,
  take: (answer: IncomingMessage) => Promise<Result>,
): Promise<Result> {
  // The length of a body that is not sent would be waited for.
  const headers = Object.fromEntries(
    Object.entries(sent.headers).filter(([name]) => name !== 'content-length'),
  );
  const request = openLinkRequest({ ...sent, headers }, options);
  const limit = limitRequest(request, options.timeLimits ?? defaultTimeLimits);
  const answered = waitForAnswer(request);
  request.end();
  try {
    return await take(await answered);
  } catch (error) {
    throw limit.failure ?? (options.signal.aborted ? options.signal.reason : error);
  } finally {
    request.destroy();
  }
}

/** The size of the whole object, of which the answer may hold the first byte; undefined where the server does not say. */
export function wholeSizeBytes(answer: IncomingMessage): number | undefined {
  // The first byte of an empty object cannot be had.
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

/** S3's refusals have a few kilobytes; what answers at a link of a stranger may be anything. */
const maxRefusalBytes = 256 * 1024;

/** The body of a refusal; of one that goes on and on its beginning. */
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
