import { randomBytes } from 'node:crypto';
import type { FormBody, UploadContent } from './uploadBody.js';

export interface FormParts {
  /** In the order in which they are sent; the file comes after them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly content: UploadContent;
  /** What replaces `${filename}` in the key. */
  readonly fileName: string;
}

/**
 * A form as a browser would send it, and its content type. S3 ignores whatever comes after the file.
 * Sources: RFC 7578; for quotation marks and line breaks in names, the HTML standard, "Multipart form data".
 */
export function makeForm({ fields, content, fileName }: FormParts): {
  readonly contentType: string;
  readonly body: FormBody;
} {
  const boundary = `----signpost${randomBytes(18).toString('hex')}`;
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${escapeName(name)}"\r\n\r\n${value}\r\n`,
  );
  const file =
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${escapeName(fileName)}"\r\n` +
    'content-type: application/octet-stream\r\n\r\n';
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: {
      kind: 'form',
      head: Buffer.from(parts.join('') + file),
      content,
      tail: Buffer.from(`\r\n--${boundary}--\r\n`),
    },
  };
}

function escapeName(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
