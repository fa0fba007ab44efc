import { timingSafeEqual } from 'node:crypto';
import type { Scope } from '../canonical.js';
import { canonicalRequest, sign, stringToSign } from '../canonical.js';
import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import type { StrictCredential } from '../types.js';

export interface SignedParts {
  readonly scope: Scope;
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  readonly signature: string;
  readonly sessionToken: string | undefined;
}

/** @throws S3Error InvalidAccessKeyId, ExpiredToken, InvalidToken */
export function findCredential(
  parts: SignedParts,
  credentials: readonly StrictCredential[],
): StrictCredential {
  const { accessKeyId } = parts.scope;
  const credential = credentials.find((candidate) => candidate.accessKeyId === accessKeyId);
  const unknown = new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: accessKeyId } });
  if (credential === undefined) throw unknown;
  if (credential.expired === true) {
    throw new S3Error('ExpiredToken', { details: { 'Token-0': parts.sessionToken ?? '' } });
  }
  if (credential.sessionToken === parts.sessionToken) return credential;
  // A temporary key is known only together with its token.
  if (parts.sessionToken === undefined) throw unknown;
  throw new S3Error('InvalidToken', { details: { 'Token-0': parts.sessionToken } });
}

/**
 * Refuses `x-amz-*` headers, and a host, that are not signed. `x-amz-content-sha256` is exempt (recorded:
 * sent unsigned together with x-amz-date, and not named in the refusal).
 */
export function checkEveryHeaderSigned(request: S3Request, signedHeaders: readonly string[]): void {
  const unsigned = [...request.headers.keys()]
    .filter((name) => name === 'host' || (name.startsWith('x-amz-') && name !== 'x-amz-content-sha256'))
    .filter((name) => !signedHeaders.includes(name))
    .sort();
  if (unsigned.length === 0) return;
  throw new S3Error('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    details: { HeadersNotSigned: unsigned.join(', ') },
  });
}

function hexBytes(text: string): string {
  return (Buffer.from(text, 'latin1').toString('hex').match(/../g) ?? []).join(' ');
}

function isEqual(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** @throws S3Error SignatureDoesNotMatch with what the server signed, as recorded */
export function checkSignature(request: S3Request, parts: SignedParts, credential: StrictCredential): void {
  const canonical = canonicalRequest(request, parts);
  const text = stringToSign(canonical, parts.scope, parts.amzDate);
  if (isEqual(sign(text, parts.scope, credential.secretAccessKey), parts.signature)) return;
  throw new S3Error('SignatureDoesNotMatch', {
    details: {
      AWSAccessKeyId: parts.scope.accessKeyId,
      StringToSign: text,
      SignatureProvided: parts.signature,
      StringToSignBytes: hexBytes(text),
      CanonicalRequest: canonical,
      CanonicalRequestBytes: hexBytes(canonical),
    },
  });
}
