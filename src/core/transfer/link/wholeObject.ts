import type { IncomingMessage } from 'node:http';
import { MessageError } from '../../failures/message.js';

/** S3 refuses with XML or an empty body; a proxy's page or a login form says nothing about the link. */
class WebPageError extends MessageError {
  override readonly name = 'WebPageError';
  constructor() {
    super({
      text: 'A web page answered at the address of the link instead of S3. Check the network and the proxy, then try again.',
    });
  }
}

class PartialContentError extends MessageError {
  override readonly name = 'PartialContentError';
  constructor() {
    super({ text: 'The server sent only part of the object, so it was not downloaded. Try again.' });
  }
}

class SizeMismatchError extends MessageError {
  override readonly name = 'SizeMismatchError';
  constructor(expectedBytes: number) {
    super({
      text: 'The server sent more or less than the {0} bytes it announced, so the object was not downloaded. Try again.',
      args: [expectedBytes],
    });
  }
}

/** Whether an answer is HTML that does not come from an S3 server, which sends an ETag with every object. */
function isWebPage({ headers }: IncomingMessage): boolean {
  const isFromStore = headers.etag !== undefined || headers['x-amz-request-id'] !== undefined;
  return headers['content-type']?.includes('html') === true && !isFromStore;
}

/** @throws WebPageError if a web page answers instead of S3, whatever its status */
export function assertNoWebPage(answer: IncomingMessage): void {
  if (isWebPage(answer)) throw new WebPageError();
}

/** @throws PartialContentError for a part that was not requested, or an answer without content */
export function assertWhole(
  { statusCode = 0 }: IncomingMessage,
  headers: Readonly<Record<string, string>>,
): void {
  const isUnasked = statusCode === 206 && headers.range === undefined;
  if (isUnasked || statusCode === 204 || statusCode === 205) throw new PartialContentError();
}

/** Some bytes of an object. Both ends are included. */
export interface ObjectPart {
  readonly firstByte: number;
  readonly lastByte: number;
  /** Of the whole object; undefined if the server does not say. */
  readonly wholeBytes: number | undefined;
}

/**
 * The part of the object in a 206 answer; undefined for an answer with the whole object.
 * @throws PartialContentError if the answer does not say: several ranges come as multipart
 */
export function partOf({ statusCode, headers }: IncomingMessage): ObjectPart | undefined {
  if (statusCode !== 206) return undefined;
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(headers['content-range'] ?? '');
  if (match === null) throw new PartialContentError();
  const [firstByte = 0, lastByte = 0] = match.slice(1, 3).map(Number);
  const wholeBytes = match[3] === '*' ? undefined : Number(match[3]);
  // A link may ask for all bytes as a range.
  return firstByte === 0 && lastByte + 1 === wholeBytes ? undefined : { firstByte, lastByte, wholeBytes };
}

/**
 * The same pieces, if their total size is the announced one. A body that is longer is ended at once.
 * @throws SizeMismatchError
 */
export async function* checkSize(
  pieces: AsyncIterable<Buffer>,
  expectedBytes: number | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  let receivedBytes = 0;
  for await (const piece of pieces) {
    receivedBytes += piece.byteLength;
    if (expectedBytes !== undefined && receivedBytes > expectedBytes)
      throw new SizeMismatchError(expectedBytes);
    yield piece;
  }
  if (expectedBytes !== undefined && receivedBytes !== expectedBytes)
    throw new SizeMismatchError(expectedBytes);
}
