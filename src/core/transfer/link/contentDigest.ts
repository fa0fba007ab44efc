import { createHash, getFips, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const checksumNames = ['sha256', 'sha1', 'crc32'] as const;
type ChecksumName = (typeof checksumNames)[number];

/** What is known about the content that was sent. */
export interface Digests {
  readonly sizeBytes: number;
  /** In hexadecimal; undefined if this machine does not allow MD5 (FIPS). */
  readonly md5: string | undefined;
  /** In Base64, by the name of the header that carries it. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** Digests of content, computed piece by piece as it is sent. */
export class ContentDigest {
  // Node refuses MD5 in FIPS mode.
  readonly #md5 = getFips() === 1 ? undefined : createHash('md5');
  readonly #hashes: ReadonlyMap<ChecksumName, Hash>;
  readonly #hasCrc32: boolean;
  #crc32 = 0;
  #sizeBytes = 0;

  /** Computes MD5, and the checksums that are named. */
  constructor(names: readonly ChecksumName[]) {
    const hashed = names.filter((name) => name !== 'crc32');
    this.#hashes = new Map(hashed.map((name) => [name, createHash(name)]));
    this.#hasCrc32 = names.includes('crc32');
  }

  readonly update = (piece: Uint8Array): void => {
    this.#sizeBytes += piece.byteLength;
    this.#md5?.update(piece);
    for (const hash of this.#hashes.values()) hash.update(piece);
    if (this.#hasCrc32) this.#crc32 = crc32(piece, this.#crc32);
  };

  /** To be called once, after the last piece. */
  result(): Digests {
    const checksums = Object.fromEntries(
      [...this.#hashes].map(([name, hash]) => [`x-amz-checksum-${name}`, hash.digest('base64')]),
    );
    if (this.#hasCrc32) {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(this.#crc32);
      checksums['x-amz-checksum-crc32'] = bytes.toString('base64');
    }
    return { sizeBytes: this.#sizeBytes, md5: this.#md5?.digest('hex'), checksums };
  }
}

/**
 * The checksums that a request asks S3 for, by a header, a parameter or a form field. S3 returns those that
 * were requested.
 */
export function namedChecksums(
  url: string,
  headersAndFields: Readonly<Record<string, string>>,
): readonly ChecksumName[] {
  const written = Object.entries(headersAndFields).map((entry) => entry.join('='));
  const text = [url, ...written].join('\n').toLowerCase();
  return checksumNames.filter((name) =>
    new RegExp(`x-amz-checksum-${name}\\b|checksum-algorithm=${name}\\b`).test(text),
  );
}
