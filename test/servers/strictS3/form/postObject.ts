import { createHash } from 'node:crypto';
import type { AuthenticationOptions } from '../auth/authenticate.js';
import type { Answer } from '../call.js';
import { bucketOf, versionHeader } from '../call.js';
import { S3Error } from '../errors.js';
import { readProperties } from '../operations/metadata.js';
import type { S3Request } from '../request.js';
import type { Store } from '../store.js';
import { formatDocument } from '../xml.js';
import { authenticateForm } from './authenticate.js';
import type { Form } from './fields.js';
import { formKey, readForm } from './fields.js';
import { checkPolicy } from './policy.js';

export interface PostedForm {
  readonly request: S3Request;
  /** The form as received. */
  readonly body: Buffer;
  readonly store: Store;
  readonly auth: AuthenticationOptions;
  readonly onSigner: (accessKeyId: string) => void;
}

/**
 * Answers PostObject. Source: Amazon S3 API Reference, "POST Object" and "Browser-Based Uploads Using POST".
 * @throws S3Error
 */
export function postObject({ request, body, store, auth, onSigner }: PostedForm): Answer {
  const form = readForm(request, body);
  const key = formKey(form);
  const signer = authenticateForm(form, auth);
  onSigner(signer.credential.accessKeyId);
  const fields = new Map([...form.fields, ['key', key] as const, ['bucket', request.bucket ?? ''] as const]);
  checkPolicy(form.fields.get('policy') ?? '', { fields, fileBytes: form.file.length, now: auth.now });
  const { denied = [] } = signer.credential;
  if (denied.includes('PutObject') || denied.includes('PostObject')) throw new S3Error('AccessDenied');
  if (Buffer.byteLength(key) > 1024) {
    throw new S3Error('KeyTooLongError', {
      details: { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: '1024' },
    });
  }
  const etag = `"${createHash('md5').update(form.file).digest('hex')}"`;
  const versionId = bucketOf({ request, store, signer, now: auth.now }).put(key, {
    ...readProperties({ ...request, query: [], headers: headersOf(form) }),
    body: form.file,
    sizeBytes: form.file.length,
    lastModified: auth.now,
    etag,
  });
  return success(form, { request, key, etag, headers: { etag, ...versionHeader(versionId) } });
}

/** The fields that S3 reads as the headers of an upload. It ignores the type of the file's own part. */
function headersOf({ fields }: Form): ReadonlyMap<string, string> {
  const acl = fields.get('acl');
  const sent = acl === undefined ? [...fields] : [...fields, ['x-amz-acl', acl] as const];
  return new Map(sent.map(([name, value]) => [name, Buffer.from(value).toString('latin1')]));
}

interface Stored {
  readonly request: S3Request;
  readonly key: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

function success({ fields }: Form, { request, key, etag, headers }: Stored): Answer {
  const bucket = request.bucket ?? '';
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect') ?? '';
  if (URL.canParse(redirect)) {
    const url = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag })) url.searchParams.append(name, value);
    return { status: 303, headers: { ...headers, location: url.href } };
  }
  const path = request.path.replace(/\/?$/, '/') + key.split('/').map(encodeURIComponent).join('/');
  const location = `http://${request.headers.get('host') ?? ''}${path}`;
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200, headers: { ...headers, location } };
  if (status !== '201') return { status: 204, headers: { ...headers, location } };
  return {
    status: 201,
    headers: { ...headers, location, 'content-type': 'application/xml' },
    body: formatDocument([
      'PostResponse',
      [
        ['Location', location],
        ['Bucket', bucket],
        ['Key', key],
        ['ETag', etag],
      ],
    ]),
  };
}
