import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { checkRegion, formatTime, headerComplaint, parseAmzDate, parseCredential } from './credential.js';
import type { SignedParts } from './verify.js';

const maxSkewMs = 15 * 60 * 1000;

function readFields(authorization: string): ReadonlyMap<string, string> {
  const space = authorization.indexOf(' ');
  if (authorization.slice(0, space) !== 'AWS4-HMAC-SHA256') {
    throw new S3Error('InvalidRequest', {
      message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    });
  }
  const pairs = authorization
    .slice(space + 1)
    .split(',')
    .map((pair) => pair.trim())
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  return new Map(pairs);
}

function requestTime(request: S3Request): { amzDate: string; date: Date } {
  const amzDate = request.headers.get('x-amz-date') ?? '';
  const date = parseAmzDate(amzDate);
  if (date === undefined) {
    throw new S3Error('AccessDenied', {
      message: 'AWS authentication requires a valid Date or x-amz-date header',
    });
  }
  return { amzDate, date };
}

function checkSkew(date: Date, now: Date, amzDate: string): void {
  if (Math.abs(now.getTime() - date.getTime()) <= maxSkewMs) return;
  throw new S3Error('RequestTimeTooSkewed', {
    details: {
      RequestTime: amzDate,
      ServerTime: formatTime(now),
      MaxAllowedSkewMilliseconds: String(maxSkewMs),
    },
  });
}

export interface SignedAgainst {
  readonly now: Date;
  /** The region that the scope has to name; `undefined` if any is accepted. */
  readonly region: string | undefined;
  readonly service: 's3' | 's3express';
  /** The header with the session token, in lower case. */
  readonly tokenHeader: 'x-amz-security-token' | 'x-amz-s3session-token';
}

/**
 * Reads a request signed by its `Authorization` header and checks its scope and its time, but not its
 * signature.
 * @throws S3Error
 */
export function readHeaderSignature(request: S3Request, against: SignedAgainst): SignedParts {
  const fields = readFields(request.headers.get('authorization') ?? '');
  const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map((name) => {
    const value = fields.get(name);
    if (value === undefined || value === '') {
      throw headerComplaint(
        'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
      );
    }
    return value;
  });
  const scope = parseCredential(credential ?? '', { service: against.service, complain: headerComplaint });
  checkRegion(scope, against.region, headerComplaint);
  const { amzDate, date } = requestTime(request);
  if (!amzDate.startsWith(scope.date)) {
    throw headerComplaint(
      `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${amzDate.slice(0, 8)}".`,
    );
  }
  checkSkew(date, against.now, amzDate);
  const payloadHash = request.headers.get('x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  }
  return {
    scope,
    amzDate,
    signedHeaders: (signedHeaders ?? '').split(';'),
    payloadHash,
    signature: signature ?? '',
    sessionToken: request.headers.get(against.tokenHeader),
  };
}
