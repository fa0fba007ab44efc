import type { RetryListener } from '../../core/async/retry.js';
import { isCancelled } from '../../core/async/cancelled.js';
import type { Connection } from '../../core/connection/connection.js';
import { formatSource, type ConnectionSource } from '../../core/connection/profiles/source.js';
import { isDeniedByStore } from '../../core/failures/explain.js';
import type { Explanation } from '../../core/failures/message.js';
import { EndlessBucketsError, listBuckets, type Bucket } from '../../core/storage/buckets.js';
import type { Session } from '../connection/session.js';
import type { BucketNode } from '../rows/nodes.js';
import { completeStep } from '../walkthrough.js';
import { setWelcome } from './welcome.js';

/** A bucket, or a folder in it, that the user added. */
interface AddedPlace {
  readonly bucket: string;
  /** Empty for a whole bucket. */
  readonly prefix: string;
}

export interface BucketListOptions {
  readonly session: Session;
  /** Called with the source whose buckets are listed. */
  readonly onSource: (source: ConnectionSource | undefined) => void;
  /** What the user added to the list of a source. */
  readonly addedBuckets: (sourceId: string) => readonly AddedPlace[];
}

interface ListedBuckets {
  readonly rows: readonly BucketNode[];
  /** Why the buckets of the account are missing. */
  readonly failure: unknown;
}

interface Learning {
  readonly signal: AbortSignal;
  readonly onLearnt: (row: BucketNode) => void;
}

/** The rows of the buckets of one source. */
export class BucketList implements ListedBuckets {
  readonly rows: readonly BucketNode[];
  readonly failure: unknown;

  constructor(
    private readonly connection: Connection,
    { rows, failure }: ListedBuckets,
  ) {
    this.rows = rows;
    this.failure = failure;
  }

  /** The source of the buckets. */
  get sourceId(): string {
    return formatSource(this.connection.source);
  }

  /** The region of a bucket, if its store has reported it. */
  regionOf(bucket: string): string | undefined {
    return this.connection.knownRegion(bucket);
  }

  /**
   * Without permission to list buckets, users can still use the ones they name; undefined for any other
   * failure.
   */
  explainUnlisted(): Explanation | undefined {
    if (!isDeniedByStore(this.failure)) return undefined;
    const text =
      this.rows.length === 0
        ? 'S3 denied access to the list of buckets. Add buckets by name.'
        : 'S3 denied access to the list of buckets. Only the buckets you added are shown. Add others by name.';
    return { message: { text }, remedy: 'addBucket' };
  }

  /** Looks up the regions of added buckets in the background, and reports each one it finds. */
  async learnRegions({ signal, onLearnt }: Learning): Promise<void> {
    // Does not ask for a code again after Esc.
    if (isCancelled(this.failure)) return;
    const unknown = this.rows.filter(
      ({ added, bucket }) => added === true && this.regionOf(bucket) === undefined,
    );
    const learn = async (row: BucketNode) => {
      // Opening the row shows what is wrong.
      await this.connection.regionOf(row.bucket, signal).catch(() => undefined);
      if (!signal.aborted && this.regionOf(row.bucket) !== undefined) onLearnt(row);
    };
    await Promise.all(unknown.map(learn));
  }
}

/** The buckets of the session's source, and those that the user added. */
export async function loadBucketList(
  { session, onSource, addedBuckets }: BucketListOptions,
  { signal, onRetry }: { readonly signal: AbortSignal; readonly onRetry: RetryListener },
): Promise<BucketList> {
  await setWelcome('none');
  onSource(await session.source());
  const connection = await session.connection();
  const added = addedBuckets(formatSource(connection.source));
  const listed = await connection.withRetryListener(onRetry, () => listRows(connection, { added, signal }));
  if (listed.failure === undefined) {
    await setWelcome(listed.rows.length === 0 ? 'noBuckets' : 'none');
    // Also with the default profile, which needs no choice.
    completeStep('chooseSource');
  }
  return new BucketList(connection, listed);
}

/** The listed buckets, then added ones that are not among them. */
async function listRows(
  connection: Connection,
  { added, signal }: { readonly added: readonly AddedPlace[]; readonly signal: AbortSignal },
): Promise<ListedBuckets> {
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
