import type { LinkHeaders } from '../uploadHeaders.js';
import { asOperand, localFile, type FormatInput } from './formatInput.js';
import { quotePosix } from '../../text/quote.js';

/** A command for bash and any POSIX shell. wget can send a file but not a form. */
export function wgetForBash(use: FormatInput): string {
  const { link } = use;
  const file = quotePosix(asOperand(localFile(use)));
  // Without a content type, wget declares a form.
  const type: LinkHeaders =
    link.sends.what === 'file' && !('content-type' in link.headers) ? octetStream : {};
  const headers = Object.entries({ ...type, ...link.headers }).map(
    ([name, value]) => `--header=${quotePosix(`${name}: ${value}`)}`,
  );
  return ['wget', ...exchangeWords(use, file), ...headers, quotePosix(link.url)].join(' ');
}

const octetStream = { 'content-type': 'application/octet-stream' };

function exchangeWords({ link }: FormatInput, file: string): readonly string[] {
  if (link.receives === 'headers') return ['--spider --server-response'];
  return [
    ...(link.method === 'GET' ? [] : [`--method=${link.method}`]),
    ...(link.sends.what === 'file' ? [`--body-file=${file}`] : []),
    `--output-document=${link.receives === 'file' ? file : '-'}`,
  ];
}
