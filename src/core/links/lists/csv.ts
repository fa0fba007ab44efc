import { formatS3Uri } from '../../storage/location.js';
import type { ListFormat } from './format.js';

/**
 * Comma-separated values as RFC 4180 has them. Every field is quoted, and none begins with what a spreadsheet takes for
 * a formula: the key stands behind `s3://`, unchanged.
 */
export const csv: ListFormat = {
  label: 'CSV',
  detail: 'A table of address, method, link and end.',
  extension: 'csv',
  begin: () => row(['address', 'method', 'url', 'works_until']),
  item: ({ bucket, key, method, url, endsAt }) =>
    row([formatS3Uri({ bucket, key }), method, url, endsAt.toISOString()]),
  end: () => '',
};

function row(fields: readonly string[]): string {
  return `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
