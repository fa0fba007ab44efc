import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Connection } from '../connection/connection.js';
import { NotS3Error } from './notS3.js';

export interface Bucket {
  readonly name: string;
  /** Absent where the store names none. */
  readonly region: string | undefined;
}

/**
 * All buckets of the account, in every region. Their regions are remembered by the connection. `MaxBuckets` makes S3
 * name the region of each bucket; stores that do not know it ignore it.
 * @throws NotS3Error; what the SDK throws, AccessDenied where the account's buckets may not be listed
 */
export async function listBuckets(connection: Connection, signal?: AbortSignal): Promise<readonly Bucket[]> {
  const buckets: Bucket[] = [];
  let token: string | undefined;
  do {
    const page = await connection
      .client()
      .send(new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken: token }), { abortSignal: signal });
    if (page.Buckets === undefined) throw new NotS3Error();
    for (const { Name: name, BucketRegion: region } of page.Buckets) {
      if (name === undefined) continue;
      if (region !== undefined) connection.rememberRegion(name, region);
      buckets.push({ name, region });
    }
    token = page.ContinuationToken;
  } while (token !== undefined && token !== '');
  return buckets;
}
