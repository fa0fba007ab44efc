import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const decoders = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** Types of files that are compressed themselves: browsers leave them as they are, whatever their encoding says. */
const compressedTypes = /^application\/(?:x-)?(?:gzip|gtar|tgz|compressed-tar)\b/i;

/**
 * The body of an answer as its `Content-Type` names it: an object that was stored with a `Content-Encoding` comes
 * compressed from S3, which knows no other form of it. Encodings that Node cannot undo are left.
 */
export function decodeContent(
  body: AsyncIterable<Buffer>,
  { 'content-encoding': encoding = '', 'content-type': type = '' }: IncomingHttpHeaders,
): AsyncIterable<Buffer> {
  const decoder = compressedTypes.test(type) ? undefined : decoders.get(encoding.trim().toLowerCase())?.();
  if (decoder === undefined) return body;
  // What fails before the decoder reaches whoever reads from it.
  pipeline(body, decoder, () => undefined);
  return decoder;
}
