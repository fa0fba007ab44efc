import type { PutObjectCommandInput, ServerSideEncryption, StorageClass } from '@aws-sdk/client-s3';
import type { LinkTarget } from './target.js';

/** Names in lower case. */
export type LinkHeaders = Readonly<Record<string, string>>;

/**
 * The signed headers that restrict an upload. The SDK would move some of them into the URL, which AWS obeys
 * and other stores ignore; every store obeys or refuses signed headers.
 */
export function uploadHeaders(target: LinkTarget): LinkHeaders {
  const { contentType, cacheControl, metadata = {}, storageClass, encryption } = target;
  const named = Object.entries(metadata).map(
    ([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value] as const,
  );
  return {
    ...header('content-type', contentType),
    ...header('cache-control', cacheControl),
    ...Object.fromEntries(named),
    ...header('x-amz-storage-class', storageClass),
    ...header(
      'x-amz-server-side-encryption',
      encryption && (encryption.kind === 's3' ? 'AES256' : 'aws:kms'),
    ),
    ...header(
      'x-amz-server-side-encryption-aws-kms-key-id',
      encryption?.kind === 'kms' ? encryption.keyId : undefined,
    ),
  };
}

/** The same, as input for the SDK. */
export function uploadInput(target: LinkTarget): PutObjectCommandInput {
  const { encryption } = target;
  return {
    Bucket: target.bucket,
    Key: target.key,
    ContentType: target.contentType,
    CacheControl: target.cacheControl,
    Metadata: target.metadata,
    StorageClass: target.storageClass as StorageClass | undefined,
    ServerSideEncryption:
      encryption && ((encryption.kind === 's3' ? 'AES256' : 'aws:kms') satisfies ServerSideEncryption),
    SSEKMSKeyId: encryption?.kind === 'kms' ? encryption.keyId : undefined,
  };
}

/**
 * Restricts an upload to one file. Stores that do not know SHA-256, such as Ceph, store any bytes sent with
 * that header, but they do check Content-MD5.
 */
export function exactHeaders({ file }: LinkTarget): LinkHeaders {
  return {
    ...header('content-length', file?.sizeBytes.toString()),
    ...header('content-md5', file?.md5Base64),
    ...header('x-amz-checksum-sha256', file?.sha256Base64),
  };
}

/** The same, as input for the SDK. */
export function exactInput({
  file,
}: LinkTarget): Pick<PutObjectCommandInput, 'ContentLength' | 'ContentMD5' | 'ChecksumSHA256'> {
  return {
    ContentLength: file?.sizeBytes,
    ContentMD5: file?.md5Base64,
    ChecksumSHA256: file?.sha256Base64,
  };
}

function header(name: string, value: string | undefined): LinkHeaders {
  return value === undefined ? {} : { [name]: value };
}
