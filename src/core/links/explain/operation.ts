import type { LinkMethod } from '../kinds.js';

export interface Operation {
  readonly methods: readonly LinkMethod[];
  readonly operation: string | undefined;
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
    ListObjectsV2: 'GET',
    ListParts: 'GET',
    UploadPart: 'PUT',
    UploadPartCopy: 'PUT',
    CreateMultipartUpload: 'POST',
    CompleteMultipartUpload: 'POST',
    AbortMultipartUpload: 'DELETE',
  } as const),
);

interface Signs {
  /** By lower-case names. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly signedHeaders: readonly string[];
  readonly hasKey: boolean;
}

/**
 * What a link can be used for. The method is part of what was signed but not of the link; it follows from `x-id`, else
 * from parameters and headers that go with some methods only.
 */
export function operationOf({ parameters, signedHeaders, hasKey }: Signs): Operation {
  const named = parameters.get('x-id') ?? '';
  const method = methodOf.get(named);
  if (method !== undefined) return { methods: [method], operation: named };
  const has = (name: string) => parameters.has(name);
  if (has('uploadid')) return multipart(has('partnumber'));
  if (has('list-type')) return { methods: ['GET'], operation: 'ListObjectsV2' };
  if (has('uploads'))
    return hasKey
      ? { methods: ['POST'], operation: 'CreateMultipartUpload' }
      : { methods: ['GET'], operation: undefined };
  if (!hasKey) return { methods: ['GET', 'HEAD', 'PUT', 'DELETE'], operation: undefined };
  return { methods: methodsOf([...parameters.keys()], signedHeaders), operation: undefined };
}

function multipart(hasPart: boolean): Operation {
  return hasPart
    ? { methods: ['PUT'], operation: 'UploadPart' }
    : { methods: ['GET', 'POST', 'DELETE'], operation: undefined };
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
  return ['GET', 'PUT', 'HEAD', 'DELETE'];
}
