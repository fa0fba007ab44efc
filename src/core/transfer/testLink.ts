import type { IncomingMessage } from 'node:http';
import { defaultTimeLimits, type TimeLimits } from '../connection/requests/limits.js';
import type { ParsedUrl } from '../links/explain/parsedLink.js';
import { MessageError } from '../message.js';
import { openLinkRequest, readRefusal, waitForAnswer, type LinkRequestOptions } from './linkRequest.js';
import { parseRefusal } from './refusal.js';
import { limitRequest } from './requestLimits.js';

/** S3 refuses in XML or in silence; a proxy's page or a login form says nothing about the link. */
class WebPageError extends MessageError {
  override readonly name = 'WebPageError';
  constructor() {
    super({
      text: 'What answers at the address of the link is a web page and not S3. Check the network and the proxy, then try again.',
    });
  }
}

export interface TestOptions extends LinkRequestOptions {
  readonly timeLimits?: TimeLimits;
}

/** What an answer to a working link tells of the object. */
export interface LinkAnswer {
  /** Of the whole object; undefined where the server does not say. */
  readonly sizeBytes: number | undefined;
  readonly contentType: string | undefined;
}

/** Whether a link can be tried without changing anything: one that reads, or that may be for reading. */
export function isTestable({ methods }: ParsedUrl): boolean {
  return methods.includes('GET') || methods.includes('HEAD');
}

/**
 * Tries a link that reads by asking for its first byte: S3 signs the method, so that HEAD would be refused, and `Range`
 * needs no signature. A link for HEAD alone is tried by HEAD. Follows no redirect.
 * @throws LinkRefusedError with S3's answer; WebPageError; ConnectTimeoutError; SilentServerError; an AbortError after
 * `signal`
 */
export async function testLink(link: ParsedUrl, options: TestOptions): Promise<LinkAnswer> {
  const method = link.methods.includes('GET') ? 'GET' : 'HEAD';
  const asksForByte = method === 'GET' && !link.signedHeaders.includes('range');
  const headers = asksForByte ? { ...link.headers, range: 'bytes=0-0' } : link.headers;
  const sent = { method, url: link.url, headers };
  const request = openLinkRequest(sent, options);
  const limit = limitRequest(request, options.timeLimits ?? defaultTimeLimits);
  const answered = waitForAnswer(request);
  request.end();
  try {
    const answer = await answered;
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status <= 299) return readAnswer(answer);
    const body = await readRefusal(answer);
    // The first byte of an empty object cannot be had.
    if (status === 416) return { sizeBytes: 0, contentType: undefined };
    if (isWebPage(answer)) throw new WebPageError();
    throw parseRefusal(status, body, { use: 'test', sent, headers: answer.headers });
  } catch (error) {
    throw limit.failure ?? error;
  } finally {
    request.destroy();
  }
}

function readAnswer({ headers, statusCode }: IncomingMessage): LinkAnswer {
  const whole = /\/(\d{1,16})$/.exec(headers['content-range'] ?? '')?.[1];
  const length = statusCode === 206 ? whole : headers['content-length'];
  return {
    sizeBytes: length !== undefined && /^\d{1,16}$/.test(length) ? Number(length) : undefined,
    contentType: headers['content-type'],
  };
}

function isWebPage({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.includes('html') === true;
}
