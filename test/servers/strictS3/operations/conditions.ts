import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import type { ServerObject } from '../store.js';

function lists(header: string, etag: string): boolean {
  return header
    .split(',')
    .map((candidate) => candidate.trim().replace(/^W\//, ''))
    .some((candidate) => candidate === '*' || candidate === etag || `"${candidate}"` === etag);
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { details: { Condition: condition } });
}

/** HTTP dates have whole seconds. */
function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/**
 * The conditions of a read, in the order of RFC 9110 section 13.2.2.
 * @returns `true` when the answer is 304
 * @throws S3Error PreconditionFailed
 */
export function isNotModified(request: S3Request, object: ServerObject): boolean {
  const { headers } = request;
  const [match, noneMatch] = [headers.get('if-match'), headers.get('if-none-match')];
  const modified = seconds(object.lastModified);
  if (match !== undefined) {
    if (!lists(match, object.etag)) throw preconditionFailed('If-Match');
  } else if (modified > Date.parse(headers.get('if-unmodified-since') ?? '') / 1000) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (noneMatch !== undefined) return lists(noneMatch, object.etag);
  return modified <= Date.parse(headers.get('if-modified-since') ?? '') / 1000;
}

/**
 * The conditions of a write: `If-None-Match: *` only creates, `If-Match` replaces only what it names.
 * @throws S3Error PreconditionFailed, NoSuchKey, NotImplemented
 */
export function checkWriteConditions(request: S3Request, existing: ServerObject | undefined): void {
  const match = request.headers.get('if-match');
  const noneMatch = request.headers.get('if-none-match');
  if (noneMatch !== undefined) {
    if (noneMatch.trim() !== '*')
      throw new S3Error('NotImplemented', { details: { Header: 'If-None-Match' } });
    if (existing !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (match === undefined) return;
  if (existing === undefined) throw new S3Error('NoSuchKey', { details: { Key: request.key ?? '' } });
  if (!lists(match, existing.etag)) throw preconditionFailed('If-Match');
}
