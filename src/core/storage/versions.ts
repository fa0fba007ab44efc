import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { Connection } from '../connection/connection.js';
import { assertKey } from './keys.js';
import { decodeKey } from './listing.js';
import type { Location } from './location.js';
import { NotS3Error } from '../failures/notS3.js';

/** One version of an object that has content; delete markers have none. */
export interface VersionEntry {
  /** `null` for objects stored while versioning was off. */
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly sizeBytes: number;
  readonly lastModified: Date | undefined;
}

const pageSize = 1000;

/**
 * The versions of one object, latest first, without those of other keys that begin with its key. At most the first 1000
 * that S3 lists under the key.
 * @throws InvalidKeyError; NotS3Error; what the SDK throws, 403 without the permission s3:ListBucketVersions
 */
export async function listVersions(
  connection: Connection,
  { bucket, key }: Location,
  signal?: AbortSignal,
): Promise<readonly VersionEntry[]> {
  assertKey(key);
  const command = new ListObjectVersionsCommand({
    Bucket: bucket,
    Prefix: key,
    MaxKeys: pageSize,
    EncodingType: 'url',
  });
  const page = await connection.inBucket(
    bucket,
    (client) => client.send(command, { abortSignal: signal }),
    signal,
  );
  if (page.Name === undefined && page.IsTruncated === undefined && page.Versions === undefined)
    throw new NotS3Error();
  const decode = page.EncodingType === 'url' ? decodeKey : (written: string) => written;
  return (page.Versions ?? [])
    .filter(({ Key }) => Key !== undefined && decode(Key) === key)
    .map(({ VersionId = 'null', IsLatest = false, Size = 0, LastModified }) => ({
      versionId: VersionId,
      isLatest: IsLatest,
      sizeBytes: Size,
      lastModified: LastModified,
    }));
}
