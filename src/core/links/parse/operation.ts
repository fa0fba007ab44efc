import type { LinkMethod } from '../exchange.js';
import { isSubresource } from './parameters.js';

export interface Operation {
  readonly methods: readonly LinkMethod[];
  /** S3's name for what it performs; undefined if the method or the operation is unknown. */
  readonly operation: string | undefined;
  /** The name in `x-id`, if it is not that of the operation. */
  readonly statedOperation: string | undefined;
}

/** Names that the SDKs write as `x-id`, with their methods. Source: the Smithy model of Amazon S3. */
const methodOf: ReadonlyMap<string, LinkMethod> = new Map(
  Object.entries({
    GetObject: 'GET',
    GetObjectAttributes: 'GET',
    GetObjectTagging: 'GET',
    HeadObject: 'HEAD',
    PutObject: 'PUT',
    PutObjectTagging: 'PUT',
    CopyObject: 'PUT',
    DeleteObject: 'DELETE',
    DeleteObjectTagging: 'DELETE',
    DeleteBucket: 'DELETE',
    ListObjectsV2: 'GET',
    ListParts: 'GET',
    UploadPart: 'PUT',
    UploadPartCopy: 'PUT',
    CreateMultipartUpload: 'POST',
    CompleteMultipartUpload: 'POST',
    AbortMultipartUpload: 'DELETE',
  } as const),
);

type Operations = Readonly<Partial<Record<LinkMethod, string>>>;

/**
 * Operations that a parameter selects, which take precedence over those without one. Source: the same model.
 */
const ofObjects: readonly (readonly [parameter: string, operations: Operations])[] = [
  ['uploads', { POST: 'CreateMultipartUpload' }],
  ['acl', { GET: 'GetObjectAcl', PUT: 'PutObjectAcl' }],
  ['tagging', { GET: 'GetObjectTagging', PUT: 'PutObjectTagging', DELETE: 'DeleteObjectTagging' }],
  ['retention', { GET: 'GetObjectRetention', PUT: 'PutObjectRetention' }],
  ['legal-hold', { GET: 'GetObjectLegalHold', PUT: 'PutObjectLegalHold' }],
  ['attributes', { GET: 'GetObjectAttributes' }],
  ['torrent', { GET: 'GetObjectTorrent' }],
  ['restore', { POST: 'RestoreObject' }],
  ['select', { POST: 'SelectObjectContent' }],
  ['renameobject', { PUT: 'RenameObject' }],
];
const ofObject: Operations = {
  GET: 'GetObject',
  PUT: 'PutObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};
const ofUpload: Operations = {
  GET: 'ListParts',
  POST: 'CompleteMultipartUpload',
  DELETE: 'AbortMultipartUpload',
};
const all: readonly LinkMethod[] = ['GET', 'PUT', 'HEAD', 'DELETE'];
const ofPart: Operations = { PUT: 'UploadPart' };

const ofBuckets: readonly (readonly [parameter: string, operations: Operations])[] = [
  ['list-type', { GET: 'ListObjectsV2' }],
  ['versions', { GET: 'ListObjectVersions' }],
  ['uploads', { GET: 'ListMultipartUploads' }],
  ['location', { GET: 'GetBucketLocation' }],
  ['session', { GET: 'CreateSession' }],
  ['delete', { POST: 'DeleteObjects' }],
  ['acl', { GET: 'GetBucketAcl', PUT: 'PutBucketAcl' }],
  ['tagging', { GET: 'GetBucketTagging', PUT: 'PutBucketTagging', DELETE: 'DeleteBucketTagging' }],
  ['policy', { GET: 'GetBucketPolicy', PUT: 'PutBucketPolicy', DELETE: 'DeleteBucketPolicy' }],
  ['cors', { GET: 'GetBucketCors', PUT: 'PutBucketCors', DELETE: 'DeleteBucketCors' }],
  ['versioning', { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' }],
];
const ofBucket: Operations = {
  GET: 'ListObjects',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
};

interface Signs {
  /** By lower-case names. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly signedHeaders: readonly string[];
  /** Names of the headers that came with the link. */
  readonly headers: readonly string[];
  readonly hasKey: boolean;
  /** The method that came with the link. */
  readonly method: LinkMethod | undefined;
}

/**
 * What a link can be used for. S3 decides by the method, the parameters and the headers. The method was
 * signed but is not part of the link: it follows from the parameters, from `x-id`, which only the SDKs write
 * and S3 ignores, or from parameters and headers that only some methods have.
 */
export function operationOf(signs: Signs): Operation {
  const { parameters, signedHeaders, headers } = signs;
  const operations = operationsOf(signs);
  const named = parameters.get('x-id') ?? '';
  if (operations === undefined)
    return {
      methods: signs.method === undefined ? all : [signs.method],
      operation: undefined,
      // None of these operations is about a subresource without a row; any other name may be right.
      statedOperation: methodOf.has(named) ? named : undefined,
    };
  const methods = usableMethods(signs, operations);
  const [only, ...others] = methods;
  const performed = only === undefined || others.length > 0 ? undefined : operations[only];
  const copies = [...parameters.keys(), ...signedHeaders, ...headers].some((name) => copySource.test(name));
  const operation = copies && performed !== undefined ? (copying.get(performed) ?? performed) : performed;
  return { methods, operation, statedOperation: named === '' || named === operation ? undefined : named };
}

function usableMethods(
  { parameters, signedHeaders, method }: Signs,
  operations: Operations,
): readonly LinkMethod[] {
  if (method !== undefined) return [method];
  const possible = (Object.keys(operations) as LinkMethod[]).filter((one) => operations[one] !== undefined);
  const hint = methodOf.get(parameters.get('x-id') ?? '');
  if (hint !== undefined && possible.includes(hint)) return [hint];
  return operations === ofObject ? methodsOf([...parameters.keys()], signedHeaders) : possible;
}

/** As S3 and stores that adopted its API name it. */
const copySource = /^x-[a-z]+-copy-source$/;
const copying: ReadonlyMap<string, string> = new Map([
  ['PutObject', 'CopyObject'],
  ['UploadPart', 'UploadPartCopy'],
]);

/** Undefined for a subresource without a row here, and for several: servers differ in which one they use. */
function operationsOf({ parameters, hasKey }: Signs): Operations | undefined {
  const [subresource, ...others] = [...parameters.keys()].filter(isSubresource);
  const ofParts = hasKey && parameters.has('uploadid');
  if (subresource === undefined) {
    if (ofParts) return parameters.has('partnumber') ? ofPart : ofUpload;
    return hasKey ? ofObject : ofBucket;
  }
  if (ofParts || others.length > 0) return undefined;
  return (hasKey ? ofObjects : ofBuckets).find(([parameter]) => parameter === subresource)?.[1];
}

const readsOnly = /^(?:response-|x-amz-checksum-mode$|partnumber$)/;
const readsHeader = /^(?:range|if-modified-since|if-unmodified-since)$/;
const writesOnly =
  /^(?:x-amz-(?:acl|meta-|storage-class|server-side-encryption|tagging|checksum-|copy-source|grant-|website-)|x-amz-sdk-checksum)/;
const writesHeader = /^(?:content-|cache-control$|expires$)/;

function methodsOf(parameters: readonly string[], headers: readonly string[]): readonly LinkMethod[] {
  if (parameters.some((name) => readsOnly.test(name)) || headers.some((name) => readsHeader.test(name)))
    return ['GET', 'HEAD'];
  const isWritten = [...parameters, ...headers].some((name) => writesOnly.test(name));
  if (isWritten || headers.some((name) => writesHeader.test(name))) return ['PUT'];
  if (parameters.includes('versionid')) return ['GET', 'HEAD', 'DELETE'];
  return all;
}
