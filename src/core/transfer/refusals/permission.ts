import type { ParsedUrl } from '../../links/parse/parsedLink.js';

const verbs: Readonly<Record<string, string>> = { PUT: 'Put', POST: 'Put', DELETE: 'Delete' };

/**
 * The permission that a request through a link requires. Source: Amazon S3 User Guide, "Required permissions
 * for Amazon S3 API operations".
 */
export function permissionFor(method: string, link: ParsedUrl): string {
  const has = (name: string) => Object.hasOwn(link.parameters, name);
  if (link.key === '') return bucketPermission(method, has);
  if (has('uploadid') && method === 'GET') return 's3:ListMultipartUploadParts';
  if (has('uploadid') && method === 'DELETE') return 's3:AbortMultipartUpload';
  const verb = verbs[method] ?? 'Get';
  const version = link.versionId === undefined ? '' : 'Version';
  return `s3:${verb}Object${version}${has('tagging') ? 'Tagging' : has('acl') ? 'Acl' : ''}`;
}

function bucketPermission(method: string, has: (name: string) => boolean): string {
  if (method === 'PUT') return 's3:CreateBucket';
  if (method === 'DELETE') return 's3:DeleteBucket';
  if (has('versions')) return 's3:ListBucketVersions';
  return has('uploads') ? 's3:ListBucketMultipartUploads' : 's3:ListBucket';
}
