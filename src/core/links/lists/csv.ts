import { displayKey } from '../../text/unprintable.js';
import { formatS3Uri } from '../../storage/location.js';
import type { ListFormat } from './format.js';

/**
 * Comma-separated values as RFC 4180 has them. Every field is quoted, and none begins with what a spreadsheet takes for
 * a formula: the key stands behind `s3://`. CSV has no escapes, and a program that splits at every line break would begin
 * a row with what follows one in a key, so the address is as it is shown; the link has the exact key.
 */
export const csv: ListFormat = {
  label: 'CSV',
  detail: 'A table of address, method, link and end.',
  extension: 'csv',
  begin: () => row(['address', 'method', 'url', 'works_until']),
  item: ({ bucket, key, method, url, endsAt }) =>
    row([displayKey(formatS3Uri({ bucket, key })), method, url, endsAt.toISOString()]),
  end: () => '',
};

function row(fields: readonly string[]): string {
  return `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
