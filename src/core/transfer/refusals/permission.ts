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

/** Permissions that have a variant for requests with a version ID. */
const ofVersions = /^(?:Get|Delete)Object$|^(?:Get|Put|Delete)Object(?:Acl|Tagging|Attributes|Torrent)$/;

/**
 * The permission that a request through a link requires; undefined if its operation is unknown. The link must have been
 * parsed with the method of the request. Source: Amazon S3 User Guide, "Required permissions for Amazon S3 API
 * operations" and, for directory buckets, "Authorizing Zonal endpoint API operations with CreateSession".
 */
export function permissionFor({ operation, service, versionId }: ParsedUrl): string | undefined {
  if (operation === undefined) return undefined;
  if (service === 's3express') return 's3express:CreateSession';
  const name = ofOperation.get(operation) ?? operation;
  if (name.includes(':')) return name;
  const isOfVersion = versionId !== undefined && ofVersions.test(name);
  return `s3:${isOfVersion ? name.replace('Object', 'ObjectVersion') : name}`;
}
