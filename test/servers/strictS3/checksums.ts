import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import { S3Error } from './errors.js';
import type { S3Request } from './request.js';

/** Digests a body piece by piece. */
interface Digest {
  update(bytes: Uint8Array): void;
  /** Base64, as S3 writes checksums. */
  result(): string;
}

function hashDigest(hash: Hash): Digest {
  return { update: (bytes) => void hash.update(bytes), result: () => hash.digest('base64') };
}

function crcTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
}

function crcDigest(polynomial: number): Digest {
  const table = crcTable(polynomial);
  let state = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) state = (state >>> 8) ^ (table[(state ^ byte) & 0xff] ?? 0);
    },
    result() {
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE((state ^ 0xffffffff) >>> 0);
      return sum.toString('base64');
    },
  };
}

const algorithms = {
  crc32: () => crcDigest(0xedb88320),
  crc32c: () => crcDigest(0x82f63b78),
  sha1: () => hashDigest(createHash('sha1')),
  sha256: () => hashDigest(createHash('sha256')),
} as const satisfies Record<string, () => Digest>;

const sizes = { crc32: 4, crc32c: 4, sha1: 20, sha256: 32 } as const satisfies Record<
  keyof typeof algorithms,
  number
>;

type Algorithm = keyof typeof algorithms;

/** A checksum that the sender claims for the body. */
export interface ClaimedChecksum {
  readonly algorithm: Algorithm;
  readonly value: string;
  readonly digest: Digest;
}

function isAlgorithm(text: string): text is Algorithm {
  return text in algorithms;
}

function claim(name: string, value: string): ClaimedChecksum | undefined {
  const algorithm = name.toLowerCase().replace(/^x-amz-checksum-/, '');
  if (algorithm === 'crc64nvme') throw new S3Error('NotImplemented');
  if (!isAlgorithm(algorithm)) return undefined;
  if (Buffer.from(value, 'base64').length !== sizes[algorithm]) {
    throw new S3Error('InvalidRequest', { message: `Value for ${name.toLowerCase()} header is invalid.` });
  }
  return { algorithm, value, digest: algorithms[algorithm]() };
}

/**
 * The `x-amz-checksum-*` values of a request.
 * @throws S3Error InvalidRequest for a value of the wrong length
 */
export function claimedChecksums(request: S3Request, includeParameters: boolean): ClaimedChecksum[] {
  const fields = includeParameters ? [...request.headers, ...request.query] : [...request.headers];
  return fields
    .filter(([name]) => name.toLowerCase().startsWith('x-amz-checksum-'))
    .map(([name, value]) => claim(name, value))
    .filter((claimed) => claimed !== undefined);
}

/** @throws S3Error BadDigest */
export function checkClaims(claims: readonly ClaimedChecksum[]): void {
  for (const { algorithm, value, digest } of claims) {
    if (digest.result() === value) continue;
    throw new S3Error('BadDigest', {
      message: `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    });
  }
}
