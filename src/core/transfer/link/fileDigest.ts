import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assertFitsPut, bodySizeBytes, openBody, type UploadContent } from './uploadBody.js';

export interface DigestOptions {
  readonly signal: AbortSignal;
  /** Bytes read so far. */
  readonly onProgress?: (readBytes: number) => void;
}

/**
 * Size, MD5 and SHA-256 (in Base64, as S3 takes them) of what an upload would send, read piece by piece.
 * @throws TooLargeError, FileChangedError, NotRegularFileError; an AbortError after `signal`
 */
export async function digestBody(
  body: UploadContent,
  { signal, onProgress }: DigestOptions,
): Promise<{ readonly sizeBytes: number; readonly md5Base64: string; readonly sha256Base64: string }> {
  const sizeBytes = bodySizeBytes(body);
  assertFitsPut(sizeBytes);
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  let readBytes = 0;
  const sink = new Writable({
    write(piece: Buffer, _encoding, done) {
      md5.update(piece);
      sha256.update(piece);
      readBytes += piece.byteLength;
      onProgress?.(readBytes);
      done();
    },
  });
  await pipeline(openBody(body), sink, { signal });
  return { sizeBytes, md5Base64: md5.digest('base64'), sha256Base64: sha256.digest('base64') };
}
