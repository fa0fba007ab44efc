import { S3Error } from '../errors.js';

/** Inclusive, as in Content-Range. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The requested range; `undefined` if S3 returns the whole object: no range, several, or a malformed one.
 * @throws S3Error InvalidRange
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (header === undefined || match === null || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first >= sizeBytes || (from === '' && Number(to) === 0)) {
    throw new S3Error('InvalidRange', {
      details: { RangeRequested: header, ActualObjectSize: String(sizeBytes) },
    });
  }
  return { first, last };
}
