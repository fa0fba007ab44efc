import { formatJson } from '../../text/quote.js';
import type { ListFormat } from './format.js';

export const json: ListFormat = {
  label: 'JSON',
  detail: 'An array with method, link, headers, bucket, key and end.',
  extension: 'json',
  begin: () => '[',
  item: ({ method, url, headers, bucket, key, endsAt }, { index }) =>
    `${index === 0 ? '' : ','}\n  ${formatJson({ method, url, headers, bucket, key, expires: endsAt })}`,
  end: () => '\n]\n',
};
