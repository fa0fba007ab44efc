import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Operation, Payload } from './call.js';
import type { ClaimedChecksum } from './checksums.js';
import { checkClaims, claimedChecksums } from './checksums.js';
import { S3Error } from './errors.js';
import type { S3Request } from './request.js';

const maxObjectBytes = 5 * 1024 ** 3;
const maxDocumentBytes = 2 * 1024 ** 2;

/** The connection ended before the declared length arrived. */
export class AbortedRequest extends Error {
  override readonly name = 'AbortedRequest';
}

export interface PayloadRules {
  readonly takes: Operation['takes'];
  /** A SHA-256 in hexadecimal, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  readonly refusesChecksumParameters: boolean;
  readonly discard: boolean;
}

/** Everything that a request claims about its body before it is read. */
export interface PayloadClaims {
  readonly rules: PayloadRules;
  readonly checksums: readonly ClaimedChecksum[];
  readonly contentMd5: string | undefined;
}

function checkLength(request: S3Request, rules: PayloadRules): void {
  const length = request.headers.get('content-length');
  const streams = rules.payloadHash.startsWith('STREAMING-');
  const needed = rules.takes !== 'document' || request.headers.has('transfer-encoding');
  if (streams || (needed && length === undefined)) throw new S3Error('MissingContentLength');
  const bytes = Number(length ?? 0);
  const limit = rules.takes === 'object' ? maxObjectBytes : maxDocumentBytes;
  if (bytes <= limit) return;
  throw new S3Error('EntityTooLarge', {
    details: { ProposedSize: String(bytes), MaxSizeAllowed: String(limit) },
  });
}

/**
 * Reads what a request claims about its body and refuses what can be refused unread.
 * @throws S3Error MissingContentLength, EntityTooLarge, InvalidDigest, InvalidRequest
 */
export function readClaims(request: S3Request, rules: PayloadRules): PayloadClaims {
  checkLength(request, rules);
  const contentMd5 = request.headers.get('content-md5');
  if (contentMd5 !== undefined && Buffer.from(contentMd5, 'base64').length !== 16) {
    throw new S3Error('InvalidDigest', { details: { 'Content-MD5': contentMd5 } });
  }
  const { payloadHash } = rules;
  if (
    payloadHash !== 'UNSIGNED-PAYLOAD' &&
    !payloadHash.startsWith('STREAMING-') &&
    !/^[0-9a-f]{64}$/.test(payloadHash)
  ) {
    throw new S3Error('InvalidArgument', {
      message:
        'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.',
      details: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: payloadHash },
    });
  }
  const checksums =
    rules.takes === 'document' ? [] : claimedChecksums(request, rules.refusesChecksumParameters);
  if (rules.takes === 'digestedDocument' && contentMd5 === undefined && checksums.length === 0) {
    throw new S3Error('InvalidRequest', { message: 'Missing required header for this request: Content-MD5' });
  }
  return { rules, checksums, contentMd5 };
}

export interface ReadOptions {
  /** Called for every piece as it arrives. */
  readonly onBytes: (count: number) => void;
  readonly bytesPerSecond: number | undefined;
}

async function* pieces(message: IncomingMessage, options: ReadOptions): AsyncGenerator<Buffer> {
  try {
    for await (const piece of message as AsyncIterable<Buffer>) {
      options.onBytes(piece.length);
      yield piece;
      if (options.bytesPerSecond !== undefined) await wait((piece.length * 1000) / options.bytesPerSecond);
    }
  } catch (error) {
    if (error instanceof S3Error) throw error;
    throw new AbortedRequest('The connection ended before the body did', { cause: error });
  }
  if (!message.complete) throw new AbortedRequest('The connection ended before the body did');
}

/**
 * Reads a whole body and checks it against the claims.
 * @throws S3Error XAmzContentSHA256Mismatch, BadDigest; AbortedRequest
 */
export async function readPayload(
  message: IncomingMessage,
  claims: PayloadClaims,
  options: ReadOptions,
): Promise<Payload> {
  const { payloadHash, takes, discard } = claims.rules;
  const sha256 = payloadHash === 'UNSIGNED-PAYLOAD' ? undefined : createHash('sha256');
  const md5 = createHash('md5');
  const kept: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of pieces(message, options)) {
    sizeBytes += piece.length;
    md5.update(piece);
    sha256?.update(piece);
    for (const { digest } of claims.checksums) digest.update(piece);
    if (!discard || takes !== 'object') kept.push(piece);
  }
  const computed = sha256?.digest('hex');
  if (computed !== undefined && computed !== payloadHash) {
    throw new S3Error('XAmzContentSHA256Mismatch', {
      details: { ClientComputedContentSHA256: payloadHash, S3ComputedContentSHA256: computed },
    });
  }
  const md5Sum = md5.digest();
  if (claims.contentMd5 !== undefined && claims.contentMd5 !== md5Sum.toString('base64')) {
    throw new S3Error('BadDigest', {
      details: { ExpectedDigest: claims.contentMd5, CalculatedDigest: md5Sum.toString('base64') },
    });
  }
  checkClaims(claims.checksums);
  return { sizeBytes, body: Buffer.concat(kept), md5: md5Sum };
}
