import { HeadObjectCommand, NotFound } from '@aws-sdk/client-s3';
import type { Connection } from '../connection/connection.js';
import { assertKey } from './keys.js';
import type { Location } from './location.js';
import type { ObjectEntry } from './listing.js';

/**
 * What S3 tells of an object without its bytes, or undefined where there is none.
 * @throws InvalidKeyError; what the SDK throws, 403 where the object may not be read (or, without permission to list,
 * where there is none)
 */
export async function getObjectEntry(
  connection: Connection,
  { bucket, key }: Location,
  signal?: AbortSignal,
): Promise<ObjectEntry | undefined> {
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
      etag: head.ETag?.replace(/^"|"$/g, ''),
      storageClass: head.StorageClass,
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
