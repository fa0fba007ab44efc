import { formatJson } from '../../text/quote.js';
import { formOf } from '../exchange.js';
import type { FormatInput } from './formatInput.js';

/** Everything that is known about a link, for programs. `url` and `fields` have boto3's names. */
export function linkJson({ link }: FormatInput): string {
  const { fields, typePrefix } = formOf(link);
  const facts = {
    method: link.method,
    url: link.url,
    headers: link.headers,
    fields,
    bodyBytes: link.sends.what === 'nothing' ? undefined : link.sends.bodyBytes,
    contentTypePrefix: typePrefix,
    fileName: link.fileName,
    bucket: link.bucket,
    key: link.key,
    expires: link.expiresAt.toISOString(),
  };
  return `${formatJson(facts, 2)}\n`;
}
