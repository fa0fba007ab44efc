import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/**
 * Reads a `.http` file of one request like REST Client. Rules, from its README: the request line; headers up
 * to the first empty line; then the body, in which a line `< path` stands for the content of a file; the
 * lines of a multipart body end in CR LF; `{{name}}` is a variable, `###` begins another request, `#` and
 * `//` a comment.
 */
export function parseHttpFile(text: string, folder: string): HttpRequest {
  if (/\{\{|^###/m.test(text)) throw new Error('The file holds a variable or a second request.');
  const lines = text.replace(/\n$/, '').split('\n');
  const [method = '', url = '', more] = (lines[0] ?? '').split(' ');
  const end = lines.includes('') ? lines.indexOf('') : lines.length;
  const headerLines = lines.slice(1, end);
  if (more !== undefined || headerLines.some((line) => /^(?:#|\/\/)/.test(line)))
    throw new Error('The file is not understood.');
  const headers = Object.fromEntries(headerLines.map(parseHeader));
  return { method, url, headers, body: readBody(lines.slice(end + 1), { headers, folder }) };
}

function parseHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}

function readBody(
  lines: readonly string[],
  { headers, folder }: { readonly headers: Readonly<Record<string, string>>; readonly folder: string },
): Buffer | undefined {
  if (lines.length === 0) return undefined;
  const isMultipart = headers['content-type']?.startsWith('multipart/form-data') === true;
  const lineEnd = Buffer.from(isMultipart ? '\r\n' : '\n');
  const parts = lines.map((line) => {
    const [, path] = /^<\s+(\S.*)$/.exec(line) ?? [];
    return path === undefined ? Buffer.from(line) : readFileSync(resolve(folder, path.trim()));
  });
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [lineEnd, part])));
}
