import { formatJson } from '../../text/quote.js';
import type { WrittenLink } from './writtenLink.js';

/** Everything that is known of a link, for programs. `url` and `fields` are named as boto3 names them. */
export function linkJson({ link }: WrittenLink): string {
  const facts = {
    method: link.method,
    url: link.url,
    headers: link.headers,
    fields: link.fields,
    bodyBytes: link.bodyBytes,
    contentTypePrefix: link.typePrefix,
    fileName: link.fileName,
    bucket: link.bucket,
    key: link.key,
    expires: link.endsAt.toISOString(),
  };
  return `${formatJson(facts, 2)}\n`;
}
