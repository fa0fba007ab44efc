import type { ClientRequest } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultTimeLimits, type TimeLimits } from '../connection/requests/limits.js';
import {
  defaultRetryLimits,
  pauseBefore,
  retryReason,
  type RetryLimits,
  type RetryListener,
} from '../connection/requests/retry.js';
import { MessageError } from '../message.js';
import { openLinkRequest, readRefusal, waitForAnswer } from './linkRequest.js';
import { LinkRefusedError, parseRefusal } from './refusal.js';
import type { SentRequest } from './sentRequest.js';
import { limitRequest } from './requestLimits.js';
import { assertFitsPut, bodySizeBytes, FileChangedError, openBody, type UploadBody } from './uploadBody.js';

/** What an upload needs of a link. Every PUT link has it, whoever made it. */
export interface UploadLink {
  readonly method: string;
  readonly url: string;
  /** What has to be sent with it, exactly. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the server says by a redirect (303) that it has stored the body. It is not followed. */
  readonly endsInRedirect?: boolean;
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Bytes handed to the network so far. */
  readonly onProgress?: (sentBytes: number) => void;
  /** The certificate authorities to trust, as PEM; absent for those that Node and VS Code trust. */
  readonly ca?: readonly string[] | undefined;
  readonly userAgent?: string;
  readonly timeLimits?: TimeLimits;
  readonly retryLimits?: RetryLimits;
  /** Told before the body is sent again from its start. */
  readonly onRetry?: RetryListener;
}

export interface Uploaded {
  /** Without its quotes; absent where the store gives none. */
  readonly etag: string | undefined;
}

class StoppedLateError extends MessageError {
  override readonly name = 'StoppedLateError';
  constructor() {
    super({
      text: 'The upload was stopped after all bytes were sent: the object may have arrived. Refresh its folder to see.',
    });
  }
}

// A refusal arrives before the bytes are sent when S3 is asked first; small bodies are not worth the round trip.
const askFirstBytes = 1024 * 1024;
const continueLimitMs = 1000;

/**
 * Sends a body through a PUT link, or a form to where it belongs, with nothing but what the link asks for, and again
 * from its start where the server was busy or the connection was dropped, within the limits. `node:http` is used because `fetch` collapses `.` and `..` in paths; redirects are
 * not followed.
 * @throws TooLargeError before anything is sent; LinkRefusedError with S3's answer; ConnectTimeoutError;
 * SilentServerError; an AbortError after `signal`
 */
export async function uploadThroughLink(
  link: UploadLink,
  body: UploadBody,
  options: UploadOptions,
): Promise<Uploaded> {
  assertFitsPut(bodySizeBytes(body));
  const limits = options.retryLimits ?? defaultRetryLimits;
  const startedAt = performance.now();
  let earlier: Error | undefined;
  for (let attempt = 1; ; attempt += 1) {
    options.signal.throwIfAborted();
    const sent = { bytes: 0 };
    try {
      return await sendOnce(link, body, { ...options, sent });
    } catch (error) {
      // That the link has ended meanwhile is not why the upload failed.
      if (earlier !== undefined && isEnded(error)) throw earlier;
      const reason = retryReason(error);
      // Its bytes may have become the object that a second attempt would run into.
      const isUnsure = reason === 'dropped' && sent.bytes > 0 && 'if-none-match' in link.headers;
      const pauseMs = pauseBefore(attempt + 1, limits, Math.random);
      const isLate = performance.now() - startedAt + pauseMs > limits.totalMs;
      if (reason === undefined || isUnsure || isLate || attempt === limits.attempts) throw error;
      options.onRetry?.({ attempt: attempt + 1, attempts: limits.attempts, reason });
      await wait(pauseMs, undefined, { signal: options.signal });
      if (error instanceof Error) earlier = error;
    }
  }
}

function isEnded(error: unknown): boolean {
  return error instanceof LinkRefusedError && error.refusal.details.endedAt !== undefined;
}

interface AttemptOptions extends UploadOptions {
  /** Counts what this attempt handed to the network. */
  readonly sent: { bytes: number };
}

async function sendOnce(link: UploadLink, body: UploadBody, options: AttemptOptions): Promise<Uploaded> {
  const sending = sentRequest(link, bodySizeBytes(body));
  const request = openLinkRequest(sending, options);
  const limit = limitRequest(request, options.timeLimits ?? defaultTimeLimits);
  const answered = waitForAnswer(request);
  const sent = sendBody(request, body, options).catch((error: unknown) => ({ error }));
  try {
    const answer = await answered;
    const status = answer.statusCode ?? 0;
    const isDone = (status >= 200 && status <= 299) || (status === 303 && link.endsInRedirect === true);
    if (!isDone)
      throw parseRefusal(status, await readRefusal(answer), {
        use: 'upload',
        sent: sending,
        headers: answer.headers,
      });
    answer.resume();
    return { etag: answer.headers.etag?.replace(/^"|"$/g, '') };
  } catch (error) {
    if (limit.failure !== undefined) throw limit.failure;
    if (options.signal.aborted && options.sent.bytes === bodySizeBytes(body)) throw new StoppedLateError();
    // Reading the file may have failed first, which then closed the request.
    const failed = await Promise.race([sent, Promise.resolve(undefined)]);
    throw error instanceof LinkRefusedError ? error : (failed?.error ?? error);
  } finally {
    request.destroy();
  }
}

function sentRequest({ method, url, headers }: UploadLink, sizeBytes: number): SentRequest {
  return {
    method,
    url,
    headers: {
      ...headers,
      'content-length': String(sizeBytes),
      ...(sizeBytes >= askFirstBytes ? { expect: '100-continue' } : {}),
    },
  };
}

async function sendBody(
  request: ClientRequest,
  body: UploadBody,
  { sent, onProgress }: AttemptOptions,
): Promise<undefined> {
  if (bodySizeBytes(body) >= askFirstBytes) await mayContinue(request);
  const sizeBytes = bodySizeBytes(body);
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent.bytes += chunk.byteLength;
      onProgress?.(sent.bytes);
      done(undefined, chunk);
    },
    flush(done) {
      done(sent.bytes === sizeBytes ? undefined : new FileChangedError());
    },
  });
  await pipeline(openBody(body), counter, request);
  return undefined;
}

/** Resolves when S3 asks for the body, or when it has stayed silent as servers do that do not know the question. */
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
