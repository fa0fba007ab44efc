import type { IncomingMessage } from 'node:http';
import type { WriteTarget } from '../../async/writeAtomically.js';
import { withRetries, type RetryLimits, type RetryListener } from '../../async/retry.js';
import { parseWebAddress } from '../../connection/webAddress.js';
import { parseFileName } from '../../links/disposition.js';
import { MessageError } from '../../failures/message.js';
import { safeFileName } from '../../text/safeFileName.js';
import { UnpackError } from './contentEncoding.js';
import { readBody, type BodyOptions } from './downloadBody.js';
import {
  lengthOf,
  readRefusal,
  readThroughRequest,
  objectSizeBytes,
  type ReadOptions,
} from './linkRequest.js';
import { parseRefusal } from '../refusals/parseRefusal.js';
import { SaveAsSent, UnpackGuard, type GuardOptions } from './unpackGuard.js';
import { assertNoWebPage, assertWhole, partOf, type ObjectPart } from './wholeObject.js';
import { writeDownload } from './writeDownload.js';

/** What a download needs from a link, our own or a received one. */
export interface DownloadLink {
  readonly url: string;
  /** The object's key, decoded. */
  readonly key: string;
  /** Headers that have to be sent with it. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface DownloadOptions extends ReadOptions, BodyOptions {
  readonly retryLimits?: RetryLimits;
  /** Called before the object is requested again from its start. */
  readonly onRetry?: RetryListener;
}

/** What a link offers, as far as its first byte shows. */
export interface DownloadInfo {
  /** From `Content-Disposition`, else from the key; safe for a file system. */
  readonly fileName: string;
  /** Undefined if the server does not say. */
  readonly sizeBytes: number | undefined;
  readonly contentType: string | undefined;
  /** The part of the object that the link returns, if it was signed with a range. */
  readonly part: ObjectPart | undefined;
}

class CrossHostRedirectError extends MessageError {
  override readonly name = 'CrossHostRedirectError';
  constructor(host: string) {
    super({
      text: 'The link redirects to another host, {0}, which was not contacted. Nothing was downloaded. Ask for a link to the object itself.',
      args: [host],
    });
  }
}

export class ContentTooLargeError extends MessageError {
  override readonly name = 'ContentTooLargeError';
  constructor() {
    super({
      text: 'The object is too large to keep in memory. Save it to a file on disk.',
    });
  }
}

/**
 * Requests the first byte, to learn what a whole download would return before the user chooses where to save
 * it. `Range` needs no signature.
 * @throws LinkRefusedError with S3's answer; WebPageError; PartialContentError; CrossHostRedirectError;
 * ConnectTimeoutError; SilentServerError; an AbortError
 */
export async function inspectLink(link: DownloadLink, options: DownloadOptions): Promise<DownloadInfo> {
  const mayBeEmpty = link.headers.range === undefined;
  const asked = { ...link, headers: { range: 'bytes=0-0', ...link.headers }, mayBeEmpty };
  return await withDownloadRetries(options, () =>
    receive(asked, options, (answer) => Promise.resolve(downloadInfoOf(answer, link))),
  );
}

/**
 * Writes the object to a file that appears when it is complete; until then it has another name in the same
 * folder. An existing file is replaced only if `overwrite` is set; a symbolic link is never followed.
 * @throws FileExistsError, FileWriteError, UnpackError, and what {@link inspectLink} throws
 */
export async function saveThroughLink(
  link: DownloadLink,
  target: WriteTarget,
  options: DownloadOptions & GuardOptions,
): Promise<{ readonly sizeBytes: number }> {
  const guard = new UnpackGuard(options);
  return await withAsSentFallback(options, (given) =>
    receive(link, given, (answer) => writeDownload(readBody(answer, given, guard), target)),
  );
}

/**
 * The object in memory.
 * @throws ContentTooLargeError above `maxBytes`, UnpackError, and what {@link inspectLink} throws
 */
export async function readThroughLink(
  link: DownloadLink,
  maxBytes: number,
  options: DownloadOptions,
): Promise<Buffer> {
  return await withAsSentFallback(options, (given) =>
    receive(link, given, async (answer) => {
      const pieces: Buffer[] = [];
      let sizeBytes = 0;
      for await (const piece of readBody(answer, given)) {
        sizeBytes += piece.byteLength;
        if (sizeBytes > maxBytes) throw new ContentTooLargeError();
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    }),
  );
}

/** Requests the body again as it was sent, if not a single byte could be unpacked or the user chose so. */
async function withAsSentFallback<Result>(
  options: DownloadOptions,
  attempt: (options: DownloadOptions) => Promise<Result>,
): Promise<Result> {
  try {
    return await withDownloadRetries(options, () => attempt(options));
  } catch (error) {
    const isNothingUnpacked = error instanceof UnpackError && error.unpackedBytes === 0;
    if (!isNothingUnpacked && !(error instanceof SaveAsSent)) throw error;
    const asSent = isNothingUnpacked ? 'failed' : 'chosen';
    return await withDownloadRetries(options, () => attempt({ ...options, asSent }));
  }
}

function withDownloadRetries<Result>(
  options: DownloadOptions,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { retryLimits: limits, signal, onRetry } = options;
  return withRetries({ limits, signal, onRetry }, attempt);
}

interface DownloadRequest extends DownloadLink {
  /** Whether 416 means that the object is empty. */
  readonly mayBeEmpty?: boolean;
}

function receive<Result>(
  { url, headers, mayBeEmpty = false }: DownloadRequest,
  options: DownloadOptions,
  take: (answer: IncomingMessage) => Promise<Result>,
): Promise<Result> {
  const sent = { method: 'GET', url, headers };
  return readThroughRequest(sent, options, async (answer) => {
    const status = answer.statusCode ?? 0;
    const isEmpty = status === 416 && mayBeEmpty;
    if (isEmpty || (status >= 200 && status <= 299)) {
      assertNoWebPage(answer);
      assertWhole(answer, headers);
      return take(answer);
    }
    assertSameHost(url, answer);
    throw parseRefusal(status, await readRefusal(answer), { use: 'download', sent, headers: answer.headers });
  });
}

function assertSameHost(url: string, { statusCode = 0, headers: { location } }: IncomingMessage): void {
  if (statusCode < 300 || statusCode > 399 || location === undefined) return;
  const next = parseWebAddress(location);
  const asked = parseWebAddress(url);
  if ('problem' in next || ('host' in asked && asked.host === next.host)) return;
  throw new CrossHostRedirectError(next.host);
}

function downloadInfoOf(answer: IncomingMessage, { key, headers: sent }: DownloadLink): DownloadInfo {
  const { headers, statusCode } = answer;
  // A link that was signed with a range returns no more than that.
  const isWhole = sent.range === undefined;
  return {
    fileName: safeFileName(parseFileName(headers['content-disposition']) ?? key),
    sizeBytes: isWhole ? objectSizeBytes(answer) : lengthOf(answer),
    contentType: statusCode === 416 ? undefined : headers['content-type'],
    part: isWhole ? undefined : partOf(answer),
  };
}
