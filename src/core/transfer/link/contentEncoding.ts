import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, type Zlib } from 'node:zlib';
import { MessageError } from '../../failures/message.js';

export interface Encoding {
  /** As the server wrote it. */
  readonly name: string;
  /**
   * Makes a stream that unpacks a body with this beginning; undefined for encodings that Node cannot decode.
   */
  readonly decoder: ((head: Buffer) => Transform & Zlib) | undefined;
}

const decoders = new Map<string, Encoding['decoder']>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', (head) => (hasZlibHeader(head) ? createInflate() : createInflateRaw())],
  ['br', () => createBrotliDecompress()],
]);

/**
 * These do not change the bytes of a response: `aws-chunked` is about the upload, and some stores keep it.
 */
const unchanging = new Set(['', 'identity', 'aws-chunked']);

/**
 * Types of files that are themselves compressed: browsers leave them as they are, whatever the encoding says.
 */
const compressedTypes = /^application\/(?:x-)?(?:gzip|gtar|tgz|compressed-tar)\b/i;

/**
 * The encoding of a body, which S3 returns as it was stored; undefined if the body is to be left as it is.
 */
export function encodingOf({
  'content-encoding': written = '',
  'content-type': type = '',
}: IncomingHttpHeaders): Encoding | undefined {
  const names = written
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !unchanging.has(name));
  if (names.length === 0 || compressedTypes.test(type)) return undefined;
  const name = names.join(', ').slice(0, 100);
  return { name, decoder: names.length === 1 ? decoders.get(name) : undefined };
}

/**
 * Servers send both variants of `deflate`, though RFC 9110 (8.4.1.2) names only this one. Source: RFC 1950,
 * section 2.2.
 */
function hasZlibHeader(head: Buffer): boolean {
  const [method = 0, flags = 0] = head;
  return (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
}

/** A body that is damaged, or is not compressed the way its `Content-Encoding` says. */
export class UnpackError extends MessageError {
  override readonly name = 'UnpackError';
  constructor(
    encoding: string,
    /** Bytes that were unpacked before it failed. */
    readonly unpackedBytes: number,
  ) {
    super({
      text: 'The object could not be decompressed: it is damaged, or not compressed as its Content-Encoding says ({0}). Nothing was saved.',
      args: [encoding],
    });
  }
}

/** @throws UnpackError; what reading the body throws */
export async function* unpack(
  body: AsyncIterable<Buffer>,
  { name, decoder: create }: Required<Encoding>,
): AsyncGenerator<Buffer, void, undefined> {
  const pieces = body[Symbol.asyncIterator]();
  const head = await readHead(pieces);
  const decoder = head.byteLength === 0 ? undefined : create?.(head);
  if (decoder === undefined) return;
  const source: Source = { bytes: 0 };
  // A failure of the source reaches the reader through the decoder.
  pipeline(restOf(pieces, { head, source }), decoder, () => undefined);
  let unpackedBytes = 0;
  try {
    for await (const piece of decoder as AsyncIterable<Buffer>) {
      unpackedBytes += piece.byteLength;
      yield piece;
    }
  } catch {
    throw source.failure ?? new UnpackError(name, unpackedBytes);
  }
  // Other data may begin like a short stream, and Node ignores what follows it. Many tools pad gzip files.
  if (decoder.bytesWritten < source.bytes && !name.includes('gzip'))
    throw new UnpackError(name, unpackedBytes);
}

/** What has been read of a packed body, and how reading it failed. */
interface Source {
  bytes: number;
  failure?: Error;
}

/** At least the two bytes that distinguish the variants of `deflate`, unless there are fewer. */
async function readHead(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.byteLength < 2) {
    const next = await pieces.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* restOf(
  pieces: AsyncIterator<Buffer>,
  { head, source }: { readonly head: Buffer; readonly source: Source },
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (let piece = head; ;) {
      source.bytes += piece.byteLength;
      yield piece;
      const next = await pieces.next();
      if (next.done === true) return;
      piece = next.value;
    }
  } catch (error) {
    if (error instanceof Error) source.failure = error;
    throw error;
  }
}
