import type { ParsedUrl } from '../../links/parse/parsedLink.js';

/** Permissions that are not named like their operation. Those without a prefix are of `s3`. */
const ofOperation: ReadonlyMap<string, string> = new Map(
  Object.entries({
    HeadObject: 'GetObject',
    SelectObjectContent: 'GetObject',
    CopyObject: 'PutObject',
    CreateMultipartUpload: 'PutObject',
    UploadPart: 'PutObject',
    UploadPartCopy: 'PutObject',
    CompleteMultipartUpload: 'PutObject',
    ListParts: 'ListMultipartUploadParts',
    DeleteObjects: 'DeleteObject',
    RenameObject: 's3express:CreateSession',
    CreateSession: 's3express:CreateSession',
    HeadBucket: 'ListBucket',
    ListObjects: 'ListBucket',
    ListObjectsV2: 'ListBucket',
    ListObjectVersions: 'ListBucketVersions',
    ListMultipartUploads: 'ListBucketMultipartUploads',
    DeleteBucketTagging: 'PutBucketTagging',
    GetBucketCors: 'GetBucketCORS',
    PutBucketCors: 'PutBucketCORS',
    DeleteBucketCors: 'PutBucketCORS',
  }),
);

/** Permissions that a request with a version ID requires in a variant for versions. */
const ofVersions = /^(?:Get|Delete)Object$|^(?:Get|Put|Delete)Object(?:Acl|Tagging|Attributes|Torrent)$/;

const verbs: Readonly<Record<string, string>> = { PUT: 'Put', POST: 'Put', DELETE: 'Delete' };

/**
 * The permission that a request through a link requires, which was parsed with the method of the request. Source:
 * Amazon S3 User Guide, "Required permissions for Amazon S3 API operations".
 */
export function permissionFor(method: string, { operation, key, versionId }: ParsedUrl): string {
  const guess = key === '' ? 'ListBucket' : `${verbs[method] ?? 'Get'}Object`;
  const name = operation === undefined ? guess : (ofOperation.get(operation) ?? operation);
  if (name.includes(':')) return name;
  const isOfVersion = versionId !== undefined && ofVersions.test(name);
  return `s3:${isOfVersion ? name.replace('Object', 'ObjectVersion') : name}`;
}
