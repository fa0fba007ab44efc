import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { parseMultipart } from './multipart.js';

/** A form as a browser sends it: the fields before the file, and the file. */
export interface Form {
  /** By name in lower case, as S3 compares them. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
  /** Absent if the file came as a plain field (recorded: `${filename}` then stays in the key). */
  readonly fileName: string | undefined;
}

/**
 * Reads a form; what comes after the file is ignored.
 * @throws S3Error PreconditionFailed, MalformedPOSTRequest, InvalidArgument
 */
export function readForm(request: S3Request, body: Buffer): Form {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new S3Error('PreconditionFailed', {
      details: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
    });
  }
  const parts = parseMultipart(body, contentType);
  const at = parts.findIndex(({ name }) => name.toLowerCase() === 'file');
  const file = parts[at];
  if (file === undefined) {
    throw new S3Error('InvalidArgument', {
      message: 'POST requires exactly one file upload per request.',
      details: { ArgumentName: 'file', ArgumentValue: '0' },
    });
  }
  const fields = parts
    .slice(0, at)
    .map(({ name, content }) => [name.toLowerCase(), content.toString('utf8')] as const);
  return { fields: new Map(fields), file: file.content, fileName: file.fileName };
}

/** @throws S3Error InvalidArgument, worded as recorded */
export function requiredField(form: Form, name: string): string {
  const value = form.fields.get(name.toLowerCase());
  if (value !== undefined && value !== '') return value;
  throw new S3Error('InvalidArgument', {
    message: `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    details: { ArgumentName: name, ArgumentValue: '' },
  });
}

/**
 * The key with `${filename}` replaced by the name of the file, without the folders that old browsers sent.
 */
export function formKey(form: Form): string {
  const key = requiredField(form, 'key');
  const { fileName } = form;
  if (fileName === undefined) return key;
  return key.replaceAll('${filename}', () => fileName.replace(/^.*[\\/]/, ''));
}
