import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { queryValue } from '../request.js';

export type Encode = (text: string) => string;

/** As Java's URLEncoder does, but leaves slashes alone: a space becomes a plus sign. */
const urlEncode: Encode = (text) =>
  encodeURIComponent(text)
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');

/** @throws S3Error InvalidArgument for an unknown encoding */
export function encodingOf(request: S3Request): Encode {
  const type = queryValue(request, 'encoding-type');
  if (type === undefined) return (text) => text;
  if (type === 'url') return urlEncode;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid Encoding Method specified in Request',
    details: { ArgumentName: 'encoding-type', ArgumentValue: type },
  });
}
