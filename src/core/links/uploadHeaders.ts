import type { PutObjectCommandInput, ServerSideEncryption, StorageClass } from '@aws-sdk/client-s3';
import type { LinkTarget } from './target.js';

/** Names in lower case. */
export type LinkHeaders = Readonly<Record<string, string>>;

/**
 * What an upload through a link is bound to, as headers that are signed. The SDK would move some of them into the URL,
 * which AWS obeys and other stores ignore; as signed headers they are obeyed or refused everywhere.
 */
export function uploadHeaders(target: LinkTarget): LinkHeaders {
  const { contentType, cacheControl, metadata = {}, storageClass, encryption, file } = target;
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
    ...header('content-length', file?.sizeBytes.toString()),
    ...header('x-amz-checksum-sha256', file?.sha256Base64),
  };
}

/** The same as the SDK takes it. */
export function uploadInput(target: LinkTarget): PutObjectCommandInput {
  const { encryption, file } = target;
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
    ContentLength: file?.sizeBytes,
    ChecksumSHA256: file?.sha256Base64,
  };
}

function header(name: string, value: string | undefined): LinkHeaders {
  return value === undefined ? {} : { [name]: value };
}
