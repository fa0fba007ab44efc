import { setTimeout as wait } from 'node:timers/promises';
import type { TimeLimits } from '../../connection/requests/limits.js';
import {
  Attempts,
  defaultRetryLimits,
  retryReason,
  type RetryLimits,
  type RetryListener,
} from '../../async/retry.js';
import { MessageError } from '../../failures/message.js';
import type { Digests } from './contentDigest.js';
import { LinkRefusedError } from '../refusals/linkRefusedError.js';
import { saysExpired } from '../refusals/refusal.js';
import { sendOnce, SentContent, type UploadLink } from './sendUpload.js';
import { confirmStored, isStored, StoppedAfterSendingError, type ObjectLookup } from './storedObject.js';
import { UnexpectedResponseError, type Uploaded } from './uploadResponse.js';
import { assertFitsPut, bodySizeBytes, contentOf, type UploadBody } from './uploadBody.js';

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Bytes passed to the network so far. */
  readonly onProgress?: (sentBytes: number) => void;
  /** The certificate authorities to trust, as PEM; absent for those that Node and VS Code trust. */
  readonly ca?: readonly string[] | undefined;
  readonly userAgent?: string;
  readonly timeLimits?: TimeLimits;
  readonly retryLimits?: RetryLimits;
  /** Called before the body is sent again from its start. */
  readonly onRetry?: RetryListener;
  /** Looks at the object with credentials; absent if there are none, or if they do not allow it. */
  readonly lookUp?: ObjectLookup | undefined;
}

class LostResponseError extends MessageError {
  override readonly name = 'LostResponseError';
  constructor(gatewayStatus: number | undefined) {
    super(
      gatewayStatus === undefined
        ? {
            text: 'The file was sent, but the answer was lost, so the object may have been uploaded. Check its date and size before you try again.',
          }
        : {
            text: 'A gateway answered {0} after the file was sent, so the object may have been uploaded. Check its date and size before you try again.',
            args: [gatewayStatus],
          },
    );
  }
}

// Asking S3 first gets a refusal before the bytes are sent; small bodies are not worth the round trip.
const expectContinueBytes = 1024 * 1024;

/**
 * Sends a body through a PUT link, or a form to its URL, with nothing but what the link asks for. Sends it
 * again from its start, within the limits, if the server was busy or the connection was dropped. `node:http`
 * is used because `fetch` collapses `.` and `..` in paths; redirects are not followed. If the answer does not
 * confirm the content, or was lost, `lookUp` decides.
 * @throws TooLargeError before anything is sent; LinkRefusedError with S3's answer; NotUploadedError if an
 * answer looks like success but is not; LostResponseError if the object may be stored; ConnectTimeoutError;
 * SilentServerError; ProtocolSwitchError; an AbortError after `signal`, or a StoppedAfterSendingError if the object
 * may be stored
 */
export async function uploadThroughLink(
  link: UploadLink,
  body: UploadBody,
  options: UploadOptions,
): Promise<Uploaded> {
  assertFitsPut(bodySizeBytes(contentOf(body)));
  const retries = new UploadRetries(link, options);
  let expectsContinue = bodySizeBytes(body) >= expectContinueBytes;
  for (;;) {
    const sent = new SentContent(link, body);
    const outcome = await sendOnce(link, body, { ...options, sent, expectsContinue }).catch(
      (error: unknown) => ({
        error,
      }),
    );
    if (!('error' in outcome)) {
      const sizeBytes = bodySizeBytes(contentOf(body));
      return confirmStored(outcome, { ...options, sizeBytes, md5: sent.digests?.md5 });
    }
    const { error } = outcome;
    // RFC 9110, section 10.1.1: such a request is repeated without the expectation.
    if (expectsContinue && hasStatus(error, 417)) expectsContinue = false;
    else if (!(await retries.pause(error, sent))) return retries.giveUp(error);
  }
}

/** What the attempts of one upload share. */
class UploadRetries {
  readonly #limits: RetryLimits;
  readonly #attempts: Attempts;
  #previousError: Error | undefined;
  /** What may be stored although no answer says so. */
  #lost: Digests | undefined;
  #gatewayStatus: number | undefined;

  constructor(
    private readonly link: UploadLink,
    private readonly options: UploadOptions,
  ) {
    this.#limits = options.retryLimits ?? defaultRetryLimits;
    this.#attempts = new Attempts(this.#limits);
  }

  /** Waits before the next attempt, and returns whether there is one. */
  async pause(error: unknown, sent: SentContent): Promise<boolean> {
    const { options } = this;
    if (sent.mayBeStored || error instanceof UnexpectedResponseError) {
      this.#lost = sent.digests;
      this.#gatewayStatus = sent.gatewayStatus;
    }
    const reason = retryReason(error);
    // If the first attempt stored the object, a second one would be refused.
    if (this.#lost !== undefined && 'if-none-match' in this.link.headers && options.lookUp === undefined)
      return false;
    const { pauseMs } = this.#attempts;
    const attempt = reason === undefined ? undefined : this.#attempts.next(pauseMs);
    if (reason === undefined || attempt === undefined) return false;
    if (error instanceof Error) this.#previousError = error;
    options.onRetry?.({ attempt, attempts: this.#limits.attempts, reason });
    return wait(pauseMs, true, { signal: options.signal }).catch(() => false);
  }

  /**
   * Returns what is stored despite the failure.
   * @throws the error to report if nothing is stored, or if that is uncertain
   */
  async giveUp(error: unknown): Promise<Uploaded> {
    const { signal } = this.options;
    if (this.#lost !== undefined) {
      if (signal.aborted) throw new StoppedAfterSendingError();
      const isThere = await isStored(this.#lost, this.options);
      if (isThere === true) return { etag: this.#lost.md5, isConfirmed: true };
      if (isThere === undefined && !isDecisive(error)) throw new LostResponseError(this.#gatewayStatus);
    }
    signal.throwIfAborted();
    // The earlier error is the cause; the link only expired in between.
    throw isExpired(error) ? (this.#previousError ?? error) : error;
  }
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof LinkRefusedError && error.refusal.status === status;
}

/** Whether the link, or the credentials behind it, expired. */
function isExpired(error: unknown): boolean {
  if (!(error instanceof LinkRefusedError)) return false;
  const { code, reason, details } = error.refusal;
  const isTokenExpired = code === 'ExpiredToken' || code === 'TokenRefreshRequired';
  return details.expiredAt !== undefined || saysExpired(reason) || isTokenExpired;
}

const refusesAnyAttempt =
  /^(?:SignatureDoesNotMatch|Authorization\w+|NoSuchBucket|Entity(?:TooLarge|TooSmall)|KeyTooLongError|MetadataTooLarge|InvalidDigest|InvalidPolicyDocument)$/;

/**
 * Whether to report an error although an earlier attempt may have stored the object. A refusal is reported if
 * it depends on the request alone; any other may be due to that object, since permission to create objects
 * does not always include replacing them. An odd answer is reported because its message asks to check the
 * object anyway.
 */
function isDecisive(error: unknown): boolean {
  if (error instanceof UnexpectedResponseError) return true;
  return error instanceof LinkRefusedError && !isExpired(error) && refusesAnyAttempt.test(error.refusal.code);
}
