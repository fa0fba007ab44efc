import type { LinkHeaders } from '../uploadHeaders.js';
import { asOperand, isForReading, localFile, type WrittenLink } from './writtenLink.js';
import { quotePosix } from '../../text/quote.js';

/** A command for bash and any POSIX shell. wget knows uploads by PUT, but no forms. */
export function wgetForBash(use: WrittenLink): string {
  const { link } = use;
  const file = quotePosix(asOperand(localFile(use)));
  // Without a type of its own wget declares a form.
  const type: LinkHeaders = link.method === 'PUT' && !('content-type' in link.headers) ? octetStream : {};
  const headers = Object.entries({ ...type, ...link.headers }).map(
    ([name, value]) => `--header=${quotePosix(`${name}: ${value}`)}`,
  );
  return ['wget', ...methodWords(use, file), ...headers, quotePosix(link.url)].join(' ');
}

const octetStream = { 'content-type': 'application/octet-stream' };

function methodWords(use: WrittenLink, file: string): readonly string[] {
  switch (use.link.method) {
    case 'GET':
      return [`--output-document=${isForReading(use) ? '-' : file}`];
    case 'HEAD':
      return ['--spider --server-response'];
    case 'PUT':
      return [`--method=PUT --body-file=${file} --output-document=-`];
    case 'DELETE':
    case 'POST':
      return [`--method=${use.link.method} --output-document=-`];
  }
}
