import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { usableRegion } from '../connection/bucketRegions.js';
import type { Connection } from '../connection/connection.js';
import { NotS3Error } from './notS3.js';

export interface Bucket {
  readonly name: string;
  /** Absent where the store names none. */
  readonly region: string | undefined;
}

/**
 * All buckets of the account, in every region. Their regions are remembered by the connection.
 * @throws NotS3Error; what the SDK throws, AccessDenied where the account's buckets may not be listed
 */
export async function listBuckets(connection: Connection, signal?: AbortSignal): Promise<readonly Bucket[]> {
  const buckets = new Map<string, Bucket>();
  let token: string | undefined;
  for (;;) {
    const page = await listBucketPage(connection, { token, signal });
    for (const bucket of page.buckets) buckets.set(bucket.name, bucket);
    // A store that does not know the parameter would tell the same page for ever.
    if (page.nextToken === undefined || page.nextToken === token) return [...buckets.values()];
    token = page.nextToken;
  }
}

export interface BucketPage {
  readonly buckets: readonly Bucket[];
  /** Of the next page; absent on the last. */
  readonly nextToken: string | undefined;
}

/**
 * A page of the buckets. `MaxBuckets` makes S3 name the region of each; stores that do not know it ignore it. Throws like
 * {@link listBuckets}.
 */
export async function listBucketPage(
  connection: Connection,
  { token, signal }: { readonly token?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<BucketPage> {
  const page = await connection
    .client()
    .send(new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken: token }), { abortSignal: signal });
  if (page.Buckets === undefined) throw new NotS3Error();
  const buckets: Bucket[] = [];
  for (const { Name: name, BucketRegion: told } of page.Buckets) {
    if (name === undefined) continue;
    const region = usableRegion(told);
    if (region !== undefined) connection.rememberRegion(name, region);
    buckets.push({ name, region });
  }
  return { buckets, nextToken: page.ContinuationToken === '' ? undefined : page.ContinuationToken };
}
