import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, keyOf, versionHeader } from '../call.js';
import { S3Error } from '../errors.js';
import type { S3Request } from '../request.js';
import { queryValue } from '../request.js';
import type { ServerObject } from '../store.js';
import type { Version } from '../versions.js';
import { isNotModified } from './conditions.js';
import { encodeMetadata } from './metadata.js';
import { parseRange } from './range.js';

const overridable = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

/** `response-*` parameters; recorded: AWS refuses what ISO-8859-1 cannot hold. */
function overrides(request: S3Request): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of overridable) {
    const value = queryValue(request, `response-${name}`);
    if (value === undefined || value === '') continue;
    if (!/^[\t\u0020-\u007e\u00a0-\u00ff]*$/.test(value)) {
      throw new S3Error('InvalidArgument', {
        message: 'Header value cannot be represented using ISO-8859-1.',
        details: { ArgumentName: `response-${name}`, ArgumentValue: value },
      });
    }
    found[name] = value;
  }
  return found;
}

interface Found {
  readonly object: ServerObject;
  readonly versionId: string | undefined;
}

/** @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed */
function findObject(call: Omit<Call, 'payload'>): Found {
  const { objects, versions } = bucketOf(call);
  const key = keyOf(call);
  const asked = queryValue(call.request, 'versionId');
  const [newest] = versions?.of(key) ?? [];
  if (asked === undefined || (versions === undefined && asked === 'null')) {
    const object = objects.get(key);
    if (object !== undefined) return { object, versionId: newest?.versionId };
    throw new S3Error('NoSuchKey', { details: { Key: key }, headers: markerHeaders(newest) });
  }
  const version = versions?.find(key, asked);
  if (version?.object !== undefined) return { object: version.object, versionId: version.versionId };
  if (version !== undefined) throw new S3Error('MethodNotAllowed', { headers: markerHeaders(version) });
  if (versions !== undefined && /^(?:null|[\w-]{32})$/.test(asked))
    throw new S3Error('NoSuchVersion', { details: { Key: key, VersionId: asked } });
  throw new S3Error('InvalidArgument', {
    message: 'Invalid version id specified',
    details: { ArgumentName: 'versionId', ArgumentValue: asked },
  });
}

/** Says that a delete marker hides the object. */
function markerHeaders(version: Version | undefined): Record<string, string> {
  if (version === undefined || version.object !== undefined) return {};
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
}

function objectHeaders(request: S3Request, object: ServerObject): Record<string, string> {
  return {
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': object.contentType ?? 'binary/octet-stream',
    'x-amz-server-side-encryption': 'AES256',
    ...(object.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': object.storageClass }),
    ...object.contentHeaders,
    ...encodeMetadata(object.metadata),
    ...overrides(request),
  };
}

function isArchived(object: ServerObject): boolean {
  return object.storageClass === 'GLACIER' || object.storageClass === 'DEEP_ARCHIVE';
}

function read(call: Call): Answer {
  const { request } = call;
  const { object, versionId } = findObject(call);
  if (request.method === 'GET' && isArchived(object)) {
    throw new S3Error('InvalidObjectState', { details: { StorageClass: object.storageClass } });
  }
  const headers = { ...objectHeaders(request, object), ...versionHeader(versionId) };
  if (isNotModified(request, object)) {
    return {
      status: 304,
      headers: { etag: object.etag, 'last-modified': object.lastModified.toUTCString() },
    };
  }
  const range = parseRange(request.headers.get('range'), object.sizeBytes);
  const { first, last } = range ?? { first: 0, last: object.sizeBytes - 1 };
  const length = last - first + 1;
  const kept = object.body.length === object.sizeBytes;
  const whole = { ...headers, 'content-length': String(length) };
  const body = kept ? object.body.subarray(first, last + 1) : length;
  if (range === undefined) return { status: 200, headers: whole, body };
  const contentRange = `bytes ${first}-${last}/${object.sizeBytes}`;
  return { status: 206, headers: { ...whole, 'content-range': contentRange }, body };
}

export const getOperations = {
  GetObject: { takes: 'document', answer: read },
  HeadObject: { takes: 'document', answer: read },
} as const satisfies Record<string, Operation>;
