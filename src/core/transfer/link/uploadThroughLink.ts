import type { TimeLimits } from '../../connection/requests/limits.js';
import { withRetries, type RetryLimits, type RetryListener } from '../../async/retry.js';
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
  const sizeBytes = bodySizeBytes(contentOf(body));
  assertFitsPut(sizeBytes);
  const { signal, retryLimits: limits, onRetry } = options;
  const attempts = new UploadAttempts(link, body, options);
  const isFinal = () => attempts.mustNotRepeat;
  const sent = await withRetries({ limits, signal, onRetry, isFinal }, () => attempts.send()).catch(
    (error: unknown) => ({ error }),
  );
  if ('error' in sent) return attempts.giveUp(sent.error);
  return confirmStored(sent.uploaded, { ...options, sizeBytes, md5: sent.md5 });
}

/** What the attempts of one upload share. */
class UploadAttempts {
  #expectsContinue: boolean;
  #lastError: unknown;
  /** Of the attempt before the last one. */
  #previousError: unknown;
  /** What may be stored although no answer says so. */
  #lost: Digests | undefined;
  #gatewayStatus: number | undefined;

  constructor(
    private readonly link: UploadLink,
    private readonly body: UploadBody,
    private readonly options: UploadOptions,
  ) {
    this.#expectsContinue = bodySizeBytes(body) >= expectContinueBytes;
  }

  /** Sends the body from its start. */
  async send(): Promise<{ readonly uploaded: Uploaded; readonly md5: string | undefined }> {
    const sent = new SentContent(this.link, this.body);
    const expectsContinue = this.#expectsContinue;
    try {
      const uploaded = await sendOnce(this.link, this.body, { ...this.options, sent, expectsContinue });
      return { uploaded, md5: sent.digests?.md5 };
    } catch (error) {
      // RFC 9110, section 10.1.1: such a request is repeated without the expectation.
      if (expectsContinue && hasStatus(error, 417)) {
        this.#expectsContinue = false;
        return this.send();
      }
      this.#note(error, sent);
      throw error;
    }
  }

  #note(error: unknown, sent: SentContent): void {
    this.#previousError = this.#lastError;
    this.#lastError = error;
    if (sent.mayBeStored || error instanceof UnexpectedResponseError) {
      this.#lost = sent.digests;
      this.#gatewayStatus = sent.gatewayStatus;
    }
  }

  /** If an earlier attempt stored the object, another one would be refused. */
  get mustNotRepeat(): boolean {
    const createsOnly = 'if-none-match' in this.link.headers;
    return this.#lost !== undefined && createsOnly && this.options.lookUp === undefined;
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
