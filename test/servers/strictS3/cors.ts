import type { Answer } from './call.js';
import { S3Error } from './errors.js';
import type { S3Request } from './request.js';
import type { Bucket } from './store.js';

/** What a page of another origin may read from an answer; nothing if the bucket does not allow its origin. */
export function corsHeaders(request: S3Request, bucket: Bucket | undefined): Record<string, string> {
  const origin = request.headers.get('origin');
  const allowed = bucket?.allowedOrigins ?? [];
  const match = allowed.find((candidate) => candidate === '*' || candidate === origin);
  if (origin === undefined || match === undefined) return {};
  return {
    'access-control-allow-origin': match,
    'access-control-expose-headers': 'ETag, Location, x-amz-version-id',
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/**
 * Answers a browser that asks whether a page of another origin may send its request. Source: Amazon S3 API
 * Reference, "OPTIONS object".
 * @throws S3Error AccessForbidden if the bucket does not allow the origin
 */
export function answerPreflight(request: S3Request, bucket: Bucket | undefined): Answer {
  const headers = corsHeaders(request, bucket);
  if (headers['access-control-allow-origin'] === undefined) throw new S3Error('AccessForbidden');
  return {
    status: 200,
    headers: {
      ...headers,
      'access-control-allow-methods': 'GET, PUT, POST, DELETE, HEAD',
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '',
    },
  };
}
