import { HeadObjectCommand, NotFound } from '@aws-sdk/client-s3';
import type { Connection } from '../connection/connection.js';
import { assertKey } from './keys.js';
import type { Location } from './location.js';
import type { ObjectEntry } from './listing.js';

export interface StoredObject extends ObjectEntry {
  /**
   * Whether encryption with a KMS key or a customer's key makes the ETag differ from the MD5 of the content.
   * Source: Amazon S3 API Reference, "Object", `ETag`.
   */
  readonly hasOpaqueEtag: boolean;
}

/**
 * An object's metadata without its content; undefined if there is no such object.
 * @throws InvalidKeyError; what the SDK throws, 403 if the object may not be read (or, without permission to list, if
 * it does not exist)
 */
export async function getObjectEntry(
  connection: Connection,
  { bucket, key }: Location,
  signal?: AbortSignal,
): Promise<StoredObject | undefined> {
  assertKey(key);
  try {
    const head = await connection.inBucket(
      bucket,
      (client) => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal }),
      signal,
    );
    return {
      key,
      sizeBytes: head.ContentLength ?? 0,
      lastModified: head.LastModified,
      etag: head.ETag?.replace(/^(?:W\/)?"|"$/g, ''),
      storageClass: head.StorageClass,
      hasOpaqueEtag:
        (head.ServerSideEncryption ?? 'AES256') !== 'AES256' || head.SSECustomerAlgorithm !== undefined,
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
