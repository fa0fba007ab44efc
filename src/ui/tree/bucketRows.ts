import type { Connection } from '../../core/connection/connection.js';
import { isDeniedByStore } from '../../core/failures/explain.js';
import type { Explanation } from '../../core/failures/message.js';
import { EndlessBucketsError, listBuckets, type Bucket } from '../../core/storage/buckets.js';
import type { BucketNode } from '../rows/nodes.js';

/** A bucket, or a folder in it, that the person added. */
export interface AddedPlace {
  readonly bucket: string;
  /** Empty for a whole bucket. */
  readonly prefix: string;
}

export interface BucketRows {
  readonly rows: readonly BucketNode[];
  /** Why the buckets of the account are not among them. */
  readonly failure: unknown;
}

/** The buckets that are listed, then those that were added and are not among them. */
export async function listBucketRows(
  connection: Connection,
  { added, signal }: { readonly added: readonly AddedPlace[]; readonly signal: AbortSignal },
): Promise<BucketRows> {
  let buckets: readonly Bucket[] = [];
  let failure: unknown;
  try {
    buckets = await listBuckets(connection, signal);
  } catch (error) {
    failure = error;
    if (error instanceof EndlessBucketsError) ({ buckets } = error);
  }
  signal.throwIfAborted();
  const listed = buckets.map(({ name, region }): BucketNode => ({ kind: 'bucket', bucket: name, region }));
  const names = new Set(listed.map(({ bucket }) => bucket));
  const others = added.filter(({ bucket, prefix }) => prefix !== '' || !names.has(bucket));
  return { rows: [...listed, ...others.map(toRow)], failure };
}

function toRow({ bucket, prefix }: AddedPlace): BucketNode {
  return {
    kind: 'bucket',
    bucket,
    region: undefined,
    added: true,
    ...(prefix === '' ? {} : { prefix }),
  };
}

/** Who may not list buckets may use those that they can name; undefined for every other failure. */
export function explainUnlisted(error: unknown, rows: readonly BucketNode[]): Explanation | undefined {
  if (!isDeniedByStore(error)) return undefined;
  const text =
    rows.length === 0
      ? 'S3 denied access to the list of buckets. Add those that you may use by name.'
      : 'S3 denied access to the list of buckets. Only those that you added are shown; add others by name.';
  return { message: { text }, remedy: 'addBucket' };
}

/** Asks behind the scenes where added buckets live, and tells of each whose store has said it. */
export async function learnRegions(
  connection: Connection,
  {
    rows,
    signal,
    onLearnt,
  }: {
    readonly rows: readonly BucketNode[];
    readonly signal: AbortSignal;
    readonly onLearnt: (row: BucketNode) => void;
  },
): Promise<void> {
  const unknown = rows.filter(
    ({ added, bucket }) => added === true && connection.knownRegion(bucket) === undefined,
  );
  const learn = async (row: BucketNode) => {
    // Opening the row tells what is wrong.
    await connection.regionOf(row.bucket, signal).catch(() => undefined);
    if (!signal.aborted && connection.knownRegion(row.bucket) !== undefined) onLearnt(row);
  };
  await Promise.all(unknown.map(learn));
}
