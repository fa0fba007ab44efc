import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { queryValue } from '../request.js';

/** Where a listing continues. */
export interface PageToken {
  /** The last key or common prefix returned. */
  readonly after: string;
  readonly isPrefix: boolean;
}

/** Opaque to clients. Not the key itself, so that no client relies on that. */
export function writeToken(token: PageToken): string {
  return Buffer.from(JSON.stringify([token.after, token.isPrefix])).toString('base64');
}

/** @throws S3Error InvalidArgument for a token from elsewhere */
export function readToken(request: S3Request): PageToken | undefined {
  const text = queryValue(request, 'continuation-token');
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    if (Array.isArray(parsed) && typeof parsed[0] === 'string') {
      return { after: parsed[0], isPrefix: parsed[1] === true };
    }
  } catch {
    // Refused like any other malformed token.
  }
  throw new S3Error('InvalidArgument', {
    message: 'The continuation token provided is incorrect',
    details: { ArgumentName: 'continuation-token' },
  });
}

/** @throws S3Error InvalidArgument unless the parameter is a number in the range */
export function parseCount(
  request: S3Request,
  name: string,
  range: { readonly least: number; readonly most: number; readonly usual: number },
): number {
  const text = queryValue(request, name);
  if (text === undefined || text === '') return range.usual;
  const count = Number(text);
  if (!/^-?\d{1,10}$/.test(text) || count < range.least || count > 2 ** 31 - 1) {
    throw new S3Error('InvalidArgument', {
      message: `Provided ${name} not an integer or within integer range`,
      details: { ArgumentName: name, ArgumentValue: text },
    });
  }
  return Math.min(count, range.most);
}
