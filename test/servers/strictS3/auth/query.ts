import type { Scope } from '../canonical.js';
import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { field, queryValue } from '../request.js';
import { checkRegion, formatTime, parseAmzDate, parseCredential, queryComplaint } from './credential.js';
import type { SignedAgainst } from './header.js';
import type { SignedParts } from './verify.js';

const maxExpiresSeconds = 604_800;
/** A signer's clock may be ahead by as much as for a header-signed request. */
const maxAheadMs = 15 * 60 * 1000;

function refuse(message: string): S3Error {
  return new S3Error('AuthorizationQueryParametersError', { message });
}

function required(request: S3Request, name: string): string {
  const value = queryValue(request, name);
  if (value === undefined || value === '') throw new S3Error('AuthorizationQueryParametersError');
  return value;
}

function parseExpires(text: string): number {
  if (!/^-?\d+$/.test(text)) throw refuse('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 1) throw refuse('X-Amz-Expires must be non-negative');
  if (seconds > maxExpiresSeconds) {
    throw refuse(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  return seconds;
}

function parseDate(text: string, scope: Scope): Date {
  const date = parseAmzDate(text);
  if (date === undefined) {
    throw refuse(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  if (!text.startsWith(scope.date)) {
    throw queryComplaint(
      `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${text.slice(0, 8)}".`,
    );
  }
  return date;
}

function checkLifetime(date: Date, expiresSeconds: number, now: Date): void {
  const end = new Date(date.getTime() + expiresSeconds * 1000);
  if (date.getTime() > now.getTime() + maxAheadMs) {
    throw new S3Error('AccessDenied', {
      message: 'Request is not yet valid',
      // AWS does write this date in milliseconds (minio/minio#2638).
      details: {
        'X-Amz-Date': String(date.getTime()),
        Expires: formatTime(end),
        ServerTime: formatTime(now),
      },
    });
  }
  if (end.getTime() >= now.getTime()) return;
  throw new S3Error('AccessDenied', {
    message: 'Request has expired',
    details: {
      'X-Amz-Expires': String(expiresSeconds),
      Expires: formatTime(end),
      ServerTime: formatTime(now),
    },
  });
}

/**
 * Reads a presigned request and checks its parameters, scope and lifetime, but not its signature.
 * @throws S3Error worded as in AWS's recorded answers, where there is one
 */
export function readQuerySignature(request: S3Request, against: SignedAgainst): SignedParts {
  const algorithm = required(request, 'X-Amz-Algorithm');
  const credential = required(request, 'X-Amz-Credential');
  const signature = required(request, 'X-Amz-Signature');
  const amzDate = required(request, 'X-Amz-Date');
  const signedHeaders = required(request, 'X-Amz-SignedHeaders');
  const expires = required(request, 'X-Amz-Expires');
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw refuse('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"');
  }
  const scope = parseCredential(credential, { service: against.service, complain: queryComplaint });
  checkRegion(scope, against.region, queryComplaint);
  const date = parseDate(amzDate, scope);
  checkLifetime(date, parseExpires(expires), against.now);
  return {
    scope,
    amzDate,
    signedHeaders: signedHeaders.split(';'),
    payloadHash:
      request.headers.get('x-amz-content-sha256') ??
      queryValue(request, 'X-Amz-Content-Sha256') ??
      'UNSIGNED-PAYLOAD',
    signature,
    sessionToken: field(request, against.tokenHeader),
  };
}
