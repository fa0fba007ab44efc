import { field, type S3Request } from './request.js';

/** Query parameters that select an operation this server does not support. */
const otherSubresources = [
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'website',
];

/** The operation name for anything that this server does not support; it has no row in the table. */
export const unsupported = 'Unsupported';

function ofBucket(request: S3Request, has: (name: string) => boolean): string {
  switch (request.method) {
    case 'GET':
      if (has('location')) return 'GetBucketLocation';
      if (has('session')) return 'CreateSession';
      if (has('uploads')) return 'ListMultipartUploads';
      if (has('versions')) return 'ListObjectVersions';
      if (has('versioning')) return 'GetBucketVersioning';
      return has('list-type') ? 'ListObjectsV2' : 'ListObjects';
    case 'HEAD':
      return 'HeadBucket';
    case 'PUT':
      return has('versioning') ? 'PutBucketVersioning' : 'CreateBucket';
    case 'DELETE':
      return 'DeleteBucket';
    case 'POST':
      return has('delete') ? 'DeleteObjects' : 'PostObject';
    default:
      return unsupported;
  }
}

function ofObject(request: S3Request, has: (name: string) => boolean): string {
  const copies = field(request, 'x-amz-copy-source') !== undefined;
  switch (request.method) {
    case 'GET':
      return has('uploadId') ? 'ListParts' : 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'PUT':
      if (has('uploadId')) return copies ? 'UploadPartCopy' : 'UploadPart';
      return copies ? 'CopyObject' : 'PutObject';
    case 'DELETE':
      return has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      if (has('uploads')) return 'CreateMultipartUpload';
      return has('uploadId') ? 'CompleteMultipartUpload' : unsupported;
    default:
      return unsupported;
  }
}

/**
 * The name of the requested operation. An empty key is the bucket's own path: a DELETE of it deletes the
 * bucket.
 */
export function operationOf(request: S3Request): string {
  const names = new Set(request.query.map(([name]) => name));
  const has = (name: string): boolean => names.has(name);
  if (request.method === 'OPTIONS') return 'PreflightRequest';
  if (otherSubresources.some(has)) return unsupported;
  if (request.bucket === undefined) return request.method === 'GET' ? 'ListBuckets' : unsupported;
  return request.key === undefined ? ofBucket(request, has) : ofObject(request, has);
}
