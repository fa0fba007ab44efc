import type { IncomingMessage } from 'node:http';
import { encodingOf, unpack } from './contentEncoding.js';
import type { UnpackGuard } from './unpackGuard.js';
import { checkSize } from './wholeObject.js';

/** A body that is returned as it was sent, although it has an encoding. */
export interface AsSent {
  readonly encoding: string;
  /**
   * `unknown`: Signpost cannot decode it. `failed`: the body is not encoded that way. `chosen`: by the user.
   */
  readonly reason: 'unknown' | 'failed' | 'chosen';
}

export interface BodyOptions {
  /**
   * Called with the bytes that have arrived and, if they are compressed, with the bytes unpacked from them.
   */
  readonly onProgress?: (receivedBytes: number, unpackedBytes?: number) => void;
  /** Called when a body that has an encoding is returned as it was sent. */
  readonly onAsSent?: (asSent: AsSent) => void;
  /** How many bytes the server announced; undefined if it did not. */
  readonly expectedBytes?: number | undefined;
  /** Why nothing is to be unpacked. */
  readonly asSent?: AsSent['reason'] | undefined;
}

/**
 * The content of the object. S3 returns what was stored with a `Content-Encoding` in that encoding only, and
 * this unpacks it as browsers do.
 * @throws UnpackError; SizeMismatchError; what `guard` throws; what reading the response throws
 */
export async function* readBody(
  answer: IncomingMessage,
  options: BodyOptions,
  guard?: UnpackGuard,
): AsyncGenerator<Buffer, void, undefined> {
  const encoding = encodingOf(answer.headers);
  const sizes = { receivedBytes: 0, unpackedBytes: 0 };
  const isUnpacked = encoding?.decoder !== undefined && options.asSent === undefined;
  const reportProgress = (): void =>
    options.onProgress?.(sizes.receivedBytes, isUnpacked ? sizes.unpackedBytes : undefined);
  const arriving = counted(
    checkSize(answer as AsyncIterable<Buffer>, options.expectedBytes),
    async (bytes) => {
      sizes.receivedBytes += bytes;
      if (options.expectedBytes === undefined) await guard?.checkUnannounced(sizes.receivedBytes);
      reportProgress();
    },
  );
  if (!isUnpacked) {
    const reason = options.asSent ?? 'unknown';
    if (encoding !== undefined) options.onAsSent?.({ encoding: encoding.name, reason });
    yield* arriving;
    return;
  }
  for await (const piece of unpack(arriving, encoding)) {
    sizes.unpackedBytes += piece.byteLength;
    await guard?.check(sizes);
    reportProgress();
    yield piece;
  }
}

async function* counted(
  pieces: AsyncIterable<Buffer>,
  count: (bytes: number) => Promise<void>,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const piece of pieces) {
    await count(piece.byteLength);
    yield piece;
  }
}
