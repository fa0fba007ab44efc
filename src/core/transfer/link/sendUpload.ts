import type { ClientRequest } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { defaultTimeLimits, type TimeLimits } from '../../connection/requests/limits.js';
import { whenConnected } from '../../connection/requests/socketWatch.js';
import { MessageError } from '../../failures/message.js';
import { ContentDigest, namedChecksums, type Digests } from './contentDigest.js';
import { openLinkRequest, readRefusal, waitForResponse, type LinkRequestOptions } from './linkRequest.js';
import { limitRequest } from './requestLimits.js';
import type { SentRequest } from '../refusals/refusal.js';
import { readUploadResponse, type FormFields, type Uploaded } from './uploadResponse.js';
import { bodySizeBytes, FileChangedError, openBody, type UploadBody } from './uploadBody.js';

/** What an upload needs from a link. Every PUT link has it, our own or a received one. */
export interface UploadLink {
  readonly method: string;
  readonly url: string;
  /** Headers that have to be sent exactly as they are. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a form, which may request a redirect (303) as the answer. It is not followed. */
  readonly fields?: FormFields | undefined;
}

/** What one attempt has passed to the network. */
export class SentContent {
  readonly sizeBytes: number;
  readonly digest: ContentDigest;
  bytes = 0;
  /** Whether that is the whole body; for an empty one, only after its file was read. */
  isComplete = false;
  /** Whether there was a connection to send them on. */
  isConnected = false;
  /** Whether the server has said what became of them. */
  isAnswered = false;
  /** The status with which a gateway answered instead of the server. */
  gatewayStatus: number | undefined;
  #digests: Digests | undefined;

  constructor({ url, headers, fields }: UploadLink, body: UploadBody) {
    this.sizeBytes = bodySizeBytes(body);
    this.digest = new ContentDigest(namedChecksums(url, { ...headers, ...fields }));
  }

  /** Of the content; undefined until the last byte was passed on. */
  get digests(): Digests | undefined {
    if (!this.isComplete) return undefined;
    return (this.#digests ??= this.digest.result());
  }

  /** Whether all of it may be stored although no answer says so. */
  get mayBeStored(): boolean {
    return this.isConnected && !this.isAnswered && this.digests !== undefined;
  }
}

interface AttemptOptions extends LinkRequestOptions {
  readonly onProgress?: (sentBytes: number) => void;
  readonly timeLimits?: TimeLimits;
  readonly sent: SentContent;
  /** Whether the body waits until the server asks for it, or for a second. */
  readonly expectsContinue: boolean;
}

const continueLimitMs = 1000;

/**
 * Sends the body once.
 * @throws LinkRefusedError, NotUploadedError, FileChangedError, NotRegularFileError, what ends a request through a link
 */
export async function sendOnce(
  link: UploadLink,
  body: UploadBody,
  options: AttemptOptions,
): Promise<Uploaded> {
  const { sent, signal } = options;
  signal.throwIfAborted();
  const sending = sentRequest(link, options);
  const request = openLinkRequest(sending, options);
  const limit = limitRequest(request, options.timeLimits ?? defaultTimeLimits);
  whenConnected(request, () => {
    sent.isConnected = true;
  });
  // A server that answers 101 is not S3; it may be a sign-in page.
  request.once('upgrade', () => {
    sent.isAnswered = true;
  });
  const answered = waitForResponse(request);
  const bodySent = sendBody(request, body, options).catch((error: unknown) => ({ error }));
  try {
    const answer = await answered;
    const { statusCode: status = 0, headers } = answer;
    sent.gatewayStatus = isGatewayFault(status) ? status : undefined;
    sent.isAnswered = status >= 400 && sent.gatewayStatus === undefined;
    const text = await readRefusal(answer);
    sent.isAnswered = sent.gatewayStatus === undefined;
    return readUploadResponse(
      { status, headers, text },
      { sent: sending, fields: link.fields, digests: sent.digests },
    );
  } catch (error) {
    if (limit.failure !== undefined) throw limit.failure;
    if (signal.aborted) throw signal.reason;
    if (error instanceof MessageError) throw error;
    // Reading the file may have failed first, which then closed the request.
    const failed = await Promise.race([bodySent, Promise.resolve(undefined)]);
    throw failed?.error ?? error;
  } finally {
    request.destroy();
  }
}

/**
 * Whether a gateway reports that it has no answer from the server behind it, which may have stored the object
 * anyway. Source: RFC 9110, sections 15.6.3 and 15.6.5.
 */
function isGatewayFault(status: number): boolean {
  return status === 502 || status === 504;
}

function sentRequest(
  { method, url, headers }: UploadLink,
  { sent, expectsContinue }: AttemptOptions,
): SentRequest {
  return {
    method,
    url,
    headers: {
      ...headers,
      'content-length': String(sent.sizeBytes),
      ...(expectsContinue ? { expect: '100-continue' } : {}),
    },
  };
}

async function sendBody(
  request: ClientRequest,
  body: UploadBody,
  { sent, expectsContinue, onProgress }: AttemptOptions,
): Promise<undefined> {
  if (expectsContinue) await mayContinue(request);
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent.bytes += chunk.byteLength;
      sent.isComplete = sent.bytes === sent.sizeBytes;
      onProgress?.(sent.bytes);
      done(undefined, chunk);
    },
    flush(done) {
      sent.isComplete = sent.bytes === sent.sizeBytes;
      done(sent.isComplete ? undefined : new FileChangedError());
    },
  });
  await pipeline(openBody(body, sent.digest.update), counter, request);
  return undefined;
}

/**
 * Resolves when S3 asks for the body, or after a second: some servers do not know the header and stay silent.
 */
function mayContinue(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, continueLimitMs);
    const stop = () => {
      clearTimeout(timer);
    };
    request.once('continue', () => {
      stop();
      resolve();
    });
    request.once('response', stop);
    request.once('error', stop);
    request.flushHeaders();
  });
}
