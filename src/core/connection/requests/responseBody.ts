import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { MessageError } from '../../failures/message.js';

/** The body of a response, read piece by piece. */
export interface ResponseBody {
  /** Undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  /** Discards the rest, and closes the connection unless the body has ended. */
  close(): void;
}

/** The body of a response from `fetch` or `node:http`; undefined if there is none. */
export function responseBody(body: unknown): ResponseBody | undefined {
  if (body instanceof ReadableStream) return fromFetch(body as ReadableStream<Uint8Array>);
  return body instanceof Readable ? fromHttp(body) : undefined;
}

function fromFetch(body: ReadableStream<Uint8Array>): ResponseBody {
  const reader = body.getReader();
  return {
    read: async () => (await reader.read()).value,
    // The signal of a `fetch` may have no effect once its Request was garbage-collected; this always works.
    close: () => {
      reader.cancel().catch(() => undefined);
    },
  };
}

function fromHttp(body: Readable): ResponseBody {
  const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  return {
    read: async () => (await pieces.next()).value,
    close: () => {
      body.destroy();
    },
  };
}

/** How much of a body is read. */
export interface BodyLimit {
  readonly maxBytes: number;
  /** How many times `<` may occur: parsing 100,000 elements takes the SDK a second or two and blocks all else. */
  readonly maxTags: number;
  /** Whether data over the limit is dropped; otherwise it is an error. */
  readonly truncates: boolean;
}

/** S3's refusals have a few kilobytes. For longer ones, the status says enough. */
const refusalLimit: BodyLimit = { maxBytes: 256 * 1024, maxTags: Infinity, truncates: true };
/**
 * A thousand entries with percent-encoded keys of a thousand bytes have 4 MB, and 30 tags each. The SDK parses 8 MB of
 * the slowest XML in about two seconds, blocking everything else.
 */
const listingLimit: BodyLimit = { maxBytes: 8 * 1024 * 1024, maxTags: 100_000, truncates: false };
/** Some stores list all buckets at once, whatever number is requested. */
const responseLimit: BodyLimit = { maxBytes: 16 * 1024 * 1024, maxTags: 250_000, truncates: false };
const noLimit: BodyLimit = { maxBytes: Infinity, maxTags: Infinity, truncates: false };

/** How much of a response is read; all of an object, which the SDK passes on piece by piece. */
export function bodyLimit(
  { query }: { readonly query?: Readonly<Record<string, unknown>> },
  statusCode: number,
): BodyLimit {
  if (statusCode < 200 || statusCode > 299) return refusalLimit;
  if (query?.['x-id'] === 'GetObject') return noLimit;
  return query?.['max-keys'] === undefined ? responseLimit : listingLimit;
}

class ResponseTooLargeError extends MessageError {
  override readonly name = 'ResponseTooLargeError';
  constructor() {
    super({
      text: 'The server sent far more data than requested, so Signpost stopped reading. Check the endpoint, then try again.',
    });
  }
}

/** Keeps a body within its limit. @throws ResponseTooLargeError */
export class BodyMeter {
  #bytes = 0;
  #tags = 0;

  constructor(private readonly limit: BodyLimit) {}

  /** Whether all further data is dropped. */
  get isFull(): boolean {
    return this.limit.truncates && this.#bytes >= this.limit.maxBytes;
  }

  /** The part of the next piece to pass on. */
  take(piece: Uint8Array): Uint8Array {
    const { maxBytes, maxTags, truncates } = this.limit;
    const left = maxBytes - this.#bytes;
    this.#bytes += piece.byteLength;
    if (maxTags !== Infinity) this.#tags += countTags(piece);
    if (this.#bytes <= maxBytes && this.#tags <= maxTags) return piece;
    if (truncates) return piece.subarray(0, left);
    throw new ResponseTooLargeError();
  }
}

function countTags(piece: Uint8Array): number {
  let count = 0;
  for (let at = piece.indexOf(0x3c); at >= 0; at = piece.indexOf(0x3c, at + 1)) count += 1;
  return count;
}
