import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assertFitsPut, bodySizeBytes, openBody, type UploadBody } from './uploadBody.js';

export interface DigestOptions {
  readonly signal: AbortSignal;
  /** Bytes read so far. */
  readonly onProgress?: (readBytes: number) => void;
}

/**
 * Size and SHA-256 (in Base64, as S3 takes it) of what an upload would send, read piece by piece.
 * @throws TooLargeError, FileChangedError; an AbortError after `signal`
 */
export async function digestBody(
  body: UploadBody,
  { signal, onProgress }: DigestOptions,
): Promise<{ readonly sizeBytes: number; readonly sha256Base64: string }> {
  const sizeBytes = bodySizeBytes(body);
  assertFitsPut(sizeBytes);
  const hash = createHash('sha256');
  let readBytes = 0;
  const sink = new Writable({
    write(piece: Buffer, _encoding, done) {
      hash.update(piece);
      readBytes += piece.byteLength;
      onProgress?.(readBytes);
      done();
    },
  });
  await pipeline(openBody(body), sink, { signal });
  return { sizeBytes, sha256Base64: hash.digest('base64') };
}
