import { S3Error } from '../errors.js';

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  /** Absent for a plain field. */
  readonly fileName: string | undefined;
  readonly content: Buffer;
}

/**
 * Parses a multipart body. Sources: RFC 7578; RFC 2046, section 5.1.1; for quotation marks and line breaks in
 * names the HTML standard, "Multipart form data".
 * @throws S3Error MalformedPOSTRequest
 */
export function parseMultipart(body: Buffer, contentType: string): readonly FormPart[] {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) throw malformed();
  // The first boundary need not have a line before it.
  const text = Buffer.concat([Buffer.from('\r\n'), body]);
  const mark = Buffer.from(`\r\n--${boundary}`);
  const parts: FormPart[] = [];
  let at = text.indexOf(mark);
  for (;;) {
    if (at < 0) throw malformed();
    const start = at + mark.length;
    const after = text.toString('latin1', start, start + 2);
    if (after === '--') return parts;
    if (after !== '\r\n') throw malformed();
    const next = text.indexOf(mark, start);
    const head = text.indexOf('\r\n\r\n', start);
    if (next < 0 || head < 0 || head > next) throw malformed();
    parts.push(readPart(text.toString('utf8', start + 2, head), text.subarray(head + 4, next)));
    at = next;
  }
}

function readPart(head: string, content: Buffer): FormPart {
  const disposition = /^content-disposition:\s*form-data\s*;([^\r\n]*)/im.exec(head)?.[1] ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) throw malformed();
  return { name, fileName: parameter(disposition, 'filename'), content: Buffer.from(content) };
}

const escapes: Readonly<Record<string, string>> = { '%22': '"', '%0d': '\r', '%0a': '\n' };

function parameter(disposition: string, name: string): string | undefined {
  const quoted = new RegExp(`(?:^|;)\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1];
  return quoted
    ?.replace(/\\(["\\])/g, '$1')
    .replace(/%(?:22|0d|0a)/gi, (escape) => escapes[escape.toLowerCase()] ?? escape);
}

function malformed(): S3Error {
  return new S3Error('MalformedPOSTRequest');
}
