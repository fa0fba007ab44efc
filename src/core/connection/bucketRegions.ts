import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { BucketError, bucketKind } from './bucketKind.js';

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A region as a store names it, where that can be one: some answer with an empty word, or with the name of a place. */
export function usableRegion(region: string | undefined): string | undefined {
  return region !== undefined && /^[a-z0-9-]+$/i.test(region) ? region : undefined;
}

/** The answer behind an SDK error, or undefined when none came. */
function answerOf(error: unknown): Answer | undefined {
  if (!(error instanceof Error) || !('$response' in error)) return undefined;
  return error.$response as Answer | undefined;
}

/** Where buckets live, as far as their store has told. */
export class BucketRegions {
  readonly #told = new Map<string, string>();
  /** Buckets whose store names no region. */
  readonly #untold = new Set<string>();

  constructor(
    /** The region that the connection signs for while it knows nothing else. */
    private readonly own: string,
    private readonly client: (bucket: string) => S3Client,
  ) {}

  /** The region that the name or the store has told; undefined while none has. */
  known(bucket: string): string | undefined {
    const kind = bucketKind(bucket);
    return 'region' in kind ? kind.region : this.#told.get(bucket);
  }

  remember(bucket: string, region: string): void {
    this.#told.set(bucket, region);
  }

  /**
   * The bucket's own region. S3 names it in every answer to HeadBucket, refusals included, so no permission is needed.
   * Stores that name none are signed for the connection's region.
   * @throws BucketError where the bucket is at another endpoint; what the network throws, and a fault of the server; a
   * refusal is no error here
   */
  async of(bucket: string, signal?: AbortSignal): Promise<string> {
    const known = this.known(bucket);
    if (known !== undefined) return known;
    if (this.#untold.has(bucket) || bucketKind(bucket).kind === 'directory') return this.own;
    return this.#ask(bucket, signal);
  }

  /**
   * Learns from a refusal that a bucket is in another region than the one that was signed for: it may have been deleted
   * and made again elsewhere. True where it is worth to send the request again. The answer to HEAD has no body, and not
   * every refusal has the header, so the bucket is asked for where neither tells.
   */
  async relearn(
    bucket: string,
    {
      error,
      signedFor,
      signal,
    }: { readonly error: unknown; readonly signedFor: string; readonly signal?: AbortSignal | undefined },
  ): Promise<boolean> {
    const refusal = answerOf(error);
    if (bucketKind(bucket).kind !== 'bucket' || refusal === undefined) return false;
    const named = usableRegion(refusal.headers['x-amz-bucket-region']);
    // Also a refusal of another cause: a policy may deny what goes to another region.
    const isElsewhere = named !== undefined && named !== signedFor;
    if (!isElsewhere && !isMisplaced(error, refusal)) return false;
    this.#told.delete(bucket);
    this.#untold.delete(bucket);
    if (named !== undefined) this.remember(bucket, named);
    return (named ?? (await this.#ask(bucket, signal))) !== signedFor;
  }

  async #ask(bucket: string, signal: AbortSignal | undefined): Promise<string> {
    const region = await this.#head(bucket, signal);
    if (region === 'unknown') return this.own;
    if (region === undefined) this.#untold.add(bucket);
    else this.remember(bucket, region);
    return region ?? this.own;
  }

  /** `unknown` where the answer may be another one later. */
  async #head(bucket: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      const { BucketRegion } = await this.client(bucket).send(new HeadBucketCommand({ Bucket: bucket }), {
        abortSignal: signal,
      });
      return usableRegion(BucketRegion);
    } catch (error) {
      const refusal = answerOf(error);
      const region = usableRegion(refusal?.headers['x-amz-bucket-region']);
      if (region !== undefined) return region;
      // 501: a store that does not know HeadBucket.
      if (refusal === undefined || isBusy(refusal)) throw error;
      // 302 and 303 are how a network answers that asks for a sign-in of its own first.
      if ([301, 307, 308].includes(refusal.statusCode)) throw elsewhere(bucket, refusal);
      if (refusal.statusCode >= 300 && refusal.statusCode < 400) throw error;
      return [403, 405, 501].includes(refusal.statusCode) ? undefined : 'unknown';
    }
  }
}

function isBusy({ statusCode }: Answer): boolean {
  return statusCode === 429 || (statusCode >= 500 && statusCode !== 501);
}

const misplaced =
  /^(?:AuthorizationHeaderMalformed|PermanentRedirect|TemporaryRedirect|IllegalLocationConstraintException)$/;

function isMisplaced(error: unknown, { statusCode, headers }: Answer): boolean {
  if (error instanceof Error && misplaced.test(error.name)) return true;
  if (![301, 307, 308, 400].includes(statusCode)) return false;
  // Without a body the SDK knows no code: S3 answers HEAD for the wrong region with a bare 400 or 301.
  return headers['x-amz-bucket-region'] !== undefined || !hasCode(error);
}

function hasCode(error: unknown): boolean {
  return (
    error instanceof Error && !/^(?:Unknown|UnknownError|\d+|BadRequest|S3ServiceException)$/.test(error.name)
  );
}

/**
 * A store of several regions may have an endpoint for each, and tells it in a redirect (Ceph does). It is not followed:
 * where signed requests go is for the person to choose.
 */
function elsewhere(bucket: string, { headers }: Answer): BucketError {
  const location = headers.location ?? '';
  if (!URL.canParse(location)) {
    return new BucketError({
      text: 'The bucket {0} is at another endpoint of this store. Use a profile or connection for that endpoint.',
      args: [bucket],
    });
  }
  return new BucketError({
    text: 'The bucket {0} is at another endpoint of this store: {1}. Use a profile or connection for that endpoint.',
    args: [bucket, new URL(location).origin],
  });
}
