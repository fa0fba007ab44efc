import { createHash } from 'node:crypto';
import { canonicalRequest, sign, stringToSign } from '../strictS3/canonical.js';
import type { StrictCredential } from '../strictS3/server.js';
import type { ServiceRequest } from './service.js';

/** Services other than S3 allow less clock skew. */
const maxSkewMs = 5 * 60_000;

/** Why a signature is refused, with AWS's code and message. */
export class SignatureRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

/**
 * Checks the SigV4 signature of a request.
 * @throws SignatureRefusal
 */
export function checkSignedBy(
  request: ServiceRequest,
  { service, known, now }: { service: string; known: readonly StrictCredential[]; now: Date },
): StrictCredential {
  const parts = form.exec(request.headers.get('authorization') ?? '');
  if (parts === null) {
    throw new SignatureRefusal('MissingAuthenticationToken', 'Request is missing Authentication Token');
  }
  const [, accessKeyId = '', date = '', region = '', signedService = '', signedHeaders = '', signature] =
    parts;
  const credential = known.find((candidate) => candidate.accessKeyId === accessKeyId);
  if (credential === undefined || credential.sessionToken !== request.headers.get('x-amz-security-token')) {
    throw new SignatureRefusal(
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
    );
  }
  if (credential.expired === true) {
    throw new SignatureRefusal('ExpiredToken', 'The security token included in the request is expired');
  }
  const amzDate = request.headers.get('x-amz-date') ?? '';
  checkTime(amzDate, now);
  const scope = { accessKeyId, date, region, service: signedService };
  const canonical = canonicalRequest(
    { ...request, target: request.path, query: [...request.query], bucket: undefined, key: undefined },
    {
      signedHeaders: signedHeaders.split(';'),
      payloadHash: createHash('sha256').update(request.body).digest('hex'),
    },
  );
  const expected = sign(stringToSign(canonical, scope, amzDate), scope, credential.secretAccessKey);
  if (signedService !== service || !amzDate.startsWith(date) || expected !== signature) {
    throw new SignatureRefusal(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return credential;
}

function checkTime(amzDate: string, now: Date): void {
  const [, year, month, day, hours, minutes, seconds] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate) ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  if (Math.abs(signedAt - now.getTime()) <= maxSkewMs) return;
  throw new SignatureRefusal(
    'SignatureDoesNotMatch',
    `Signature expired: ${amzDate} is now earlier than the time of the server`,
  );
}
