import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import type { StrictCredential } from '../types.js';
import type { SignedAgainst } from './header.js';
import { readHeaderSignature } from './header.js';
import { readQuerySignature } from './query.js';
import { checkEveryHeaderSigned, checkSignature, findCredential } from './verify.js';

/** The credential that signed, and the hash it claims for the body. */
export interface RequestSigner {
  readonly credential: StrictCredential;
  readonly region: string;
  /** A SHA-256 in hexadecimal, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
}

export interface AuthenticationOptions extends SignedAgainst {
  readonly credentials: readonly StrictCredential[];
}

const anyParameter = /^X-Amz-(Algorithm|Credential|Signature|Date|SignedHeaders|Expires)$/;

/** Whether the query contains any part of a signature. */
export function isPresigned(request: S3Request): boolean {
  return request.query.some(([name]) => anyParameter.test(name));
}

/**
 * Checks that a known key signed exactly this request, at this time, for this region. The code that reads the
 * body compares it with `payloadHash`.
 * @throws S3Error
 */
export function authenticate(request: S3Request, options: AuthenticationOptions): RequestSigner {
  const authorization = request.headers.get('authorization');
  const presigned = isPresigned(request);
  if (presigned && authorization !== undefined) {
    throw new S3Error('InvalidArgument', {
      message:
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      details: { ArgumentName: 'Authorization', ArgumentValue: authorization },
    });
  }
  if (!presigned && authorization === undefined) throw new S3Error('AccessDenied');
  const parts = presigned ? readQuerySignature(request, options) : readHeaderSignature(request, options);
  const credential = findCredential(parts, options.credentials);
  checkEveryHeaderSigned(request, parts.signedHeaders);
  checkSignature(request, parts, credential);
  return { credential, region: parts.scope.region, payloadHash: parts.payloadHash };
}
