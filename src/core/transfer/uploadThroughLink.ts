import { setTimeout as wait } from 'node:timers/promises';
import type { TimeLimits } from '../connection/requests/limits.js';
import {
  defaultRetryLimits,
  pauseBefore,
  retryReason,
  type RetryLimits,
  type RetryListener,
} from '../connection/requests/retry.js';
import type { Digests } from './contentDigest.js';
import { LinkRefusedError } from './refusal.js';
import { sendOnce, SentContent, type UploadLink } from './sendUpload.js';
import { confirmStored, isStored, type ObjectLook } from './storedObject.js';
import type { Uploaded } from './uploadAnswer.js';
import { assertFitsPut, bodySizeBytes, contentOf, type UploadBody } from './uploadBody.js';

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
  /** Looks at the object by credentials; absent where there are none, or where they may not look. */
  readonly look?: ObjectLook | undefined;
}

// A refusal arrives before the bytes are sent when S3 is asked first; small bodies are not worth the round trip.
const askFirstBytes = 1024 * 1024;

/**
 * Sends a body through a PUT link, or a form to where it belongs, with nothing but what the link asks for, and again
 * from its start where the server was busy or the connection was dropped, within the limits. `node:http` is used because
 * `fetch` collapses `.` and `..` in paths; redirects are not followed. Where the answer does not confirm the content,
 * `look` decides.
 * @throws TooLargeError before anything is sent; LinkRefusedError with S3's answer; NotUploadedError where an answer
 * looks like success and is not; ConnectTimeoutError; SilentServerError; ProtocolSwitchError; an AbortError after
 * `signal`, or a StoppedLateError
 */
export async function uploadThroughLink(
  link: UploadLink,
  body: UploadBody,
  options: UploadOptions,
): Promise<Uploaded> {
  assertFitsPut(bodySizeBytes(contentOf(body)));
  const retries = new UploadRetries(link, options);
  let asksFirst = bodySizeBytes(body) >= askFirstBytes;
  for (;;) {
    options.signal.throwIfAborted();
    const sent = new SentContent(link, body);
    try {
      const uploaded = await sendOnce(link, body, { ...options, sent, asksFirst });
      const sizeBytes = bodySizeBytes(contentOf(body));
      return await confirmStored(uploaded, { ...options, sizeBytes, md5: sent.digests?.md5 });
    } catch (error) {
      // RFC 9110, section 10.1.1: such a request is repeated without the expectation.
      if (asksFirst && hasStatus(error, 417)) asksFirst = false;
      else {
        const stored = await retries.findStored(error);
        if (stored !== undefined) return stored;
        await retries.pause(error, sent);
      }
    }
  }
}

/** What the attempts of one upload know of each other. */
class UploadRetries {
  readonly #limits: RetryLimits;
  readonly #startedAt = performance.now();
  #attempt = 1;
  #earlier: Error | undefined;
  #delivered: Digests | undefined;

  constructor(
    private readonly link: UploadLink,
    private readonly options: UploadOptions,
  ) {
    this.#limits = options.retryLimits ?? defaultRetryLimits;
  }

  /** What an earlier attempt has stored, where that is the object that is in the way: its answer was lost. */
  async findStored(error: unknown): Promise<Uploaded | undefined> {
    if (this.#delivered === undefined || !hasStatus(error, 412)) return undefined;
    const isOurs = await isStored(this.#delivered, this.options);
    return isOurs ? { etag: this.#delivered.md5, isConfirmed: true } : undefined;
  }

  /** Waits before the next attempt. @throws what is to be told where there is none */
  async pause(error: unknown, sent: SentContent): Promise<void> {
    const { options } = this;
    // That the link has ended meanwhile is not why the upload failed.
    if (this.#earlier !== undefined && isEnded(error)) throw this.#earlier;
    const reason = retryReason(error);
    // Its bytes may have become the object that a second attempt would run into.
    const isUnsure = reason === 'dropped' && sent.bytes > 0 && 'if-none-match' in this.link.headers;
    const { attempts, totalMs } = this.#limits;
    const pauseMs = pauseBefore(this.#attempt + 1, this.#limits, Math.random);
    const isLate = performance.now() - this.#startedAt + pauseMs > totalMs;
    if (reason === undefined || isLate || this.#attempt >= attempts) throw error;
    if (isUnsure && options.look === undefined) throw error;
    this.#attempt += 1;
    this.#delivered = sent.digests ?? this.#delivered;
    if (error instanceof Error) this.#earlier = error;
    options.onRetry?.({ attempt: this.#attempt, attempts, reason });
    await wait(pauseMs, undefined, { signal: options.signal });
  }
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof LinkRefusedError && error.refusal.status === status;
}

function isEnded(error: unknown): boolean {
  return error instanceof LinkRefusedError && error.refusal.details.endedAt !== undefined;
}
