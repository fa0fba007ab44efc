import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { BucketError, bucketKind } from './bucketKind.js';

interface ErrorResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The region a store reports, if it is valid: some report an empty string or the name of a place. */
export function validRegion(region: string | undefined): string | undefined {
  return region !== undefined && /^[a-z0-9-]+$/i.test(region) ? region : undefined;
}

/** The response behind an SDK error; undefined if there was none. */
function responseOf(error: unknown): ErrorResponse | undefined {
  if (!(error instanceof Error) || !('$response' in error)) return undefined;
  return error.$response as ErrorResponse | undefined;
}

/** The regions of buckets, as reported by their store. */
export class BucketRegions {
  readonly #regions = new Map<string, string>();
  /** Buckets whose store reports no region. */
  readonly #unspecified = new Set<string>();

  constructor(
    /** The region that the connection signs for until it knows the bucket's. */
    private readonly defaultRegion: string,
    private readonly client: (bucket: string) => S3Client,
  ) {}

  /** The region, if the bucket name contains it or the store has reported it. */
  known(bucket: string): string | undefined {
    const kind = bucketKind(bucket);
    return 'region' in kind ? kind.region : this.#regions.get(bucket);
  }

  remember(bucket: string, region: string): void {
    this.#regions.set(bucket, region);
  }

  /**
   * The bucket's region. S3 reports it in every response to HeadBucket, even in refusals, so no permission is needed.
   * If a store reports none, it is the connection's region.
   * @throws BucketError if the bucket is at another endpoint; network errors and server errors, but not refusals
   */
  async of(bucket: string, signal?: AbortSignal): Promise<string> {
    const known = this.known(bucket);
    if (known !== undefined) return known;
    if (this.#unspecified.has(bucket) || bucketKind(bucket).kind === 'directory') return this.defaultRegion;
    return this.#ask(bucket, signal);
  }

  /**
   * Learns from a refusal that a bucket is not in the region the request was signed for: it may have been deleted and
   * recreated elsewhere. True if sending the request again is worthwhile. Responses to HEAD have no body, and not every
   * refusal has the region header; if neither names the region, HeadBucket is sent.
   */
  async updateFromError(
    bucket: string,
    {
      error,
      signedFor,
      signal,
    }: { readonly error: unknown; readonly signedFor: string; readonly signal?: AbortSignal | undefined },
  ): Promise<boolean> {
    const refusal = responseOf(error);
    if (bucketKind(bucket).kind !== 'bucket' || refusal === undefined) return false;
    const named = validRegion(refusal.headers['x-amz-bucket-region']);
    // Even if the refusal has another cause: a policy may deny requests to another region.
    const isOtherRegion = named !== undefined && named !== signedFor;
    if (!isOtherRegion && !isWrongRegion(error, refusal)) return false;
    this.#regions.delete(bucket);
    this.#unspecified.delete(bucket);
    if (named !== undefined) this.remember(bucket, named);
    return (named ?? (await this.#ask(bucket, signal))) !== signedFor;
  }

  async #ask(bucket: string, signal: AbortSignal | undefined): Promise<string> {
    const region = await this.#head(bucket, signal);
    if (region === 'unknown') return this.defaultRegion;
    if (region === undefined) this.#unspecified.add(bucket);
    else this.remember(bucket, region);
    return region ?? this.defaultRegion;
  }

  /** `unknown` if the answer may change later. */
  async #head(bucket: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      const { BucketRegion } = await this.client(bucket).send(new HeadBucketCommand({ Bucket: bucket }), {
        abortSignal: signal,
      });
      return validRegion(BucketRegion);
    } catch (error) {
      const refusal = responseOf(error);
      const region = validRegion(refusal?.headers['x-amz-bucket-region']);
      if (region !== undefined) return region;
      // 501: a store that does not support HeadBucket.
      if (refusal === undefined || isBusy(refusal)) throw error;
      // A network with a sign-in page redirects with 302 or 303.
      if ([301, 307, 308].includes(refusal.statusCode)) throw otherEndpointError(bucket, refusal);
      if (refusal.statusCode >= 300 && refusal.statusCode < 400) throw error;
      return [403, 405, 501].includes(refusal.statusCode) ? undefined : 'unknown';
    }
  }
}

function isBusy({ statusCode }: ErrorResponse): boolean {
  return statusCode === 429 || (statusCode >= 500 && statusCode !== 501);
}

const wrongRegionCodes =
  /^(?:AuthorizationHeaderMalformed|PermanentRedirect|TemporaryRedirect|IllegalLocationConstraintException)$/;

function isWrongRegion(error: unknown, { statusCode, headers }: ErrorResponse): boolean {
  if (error instanceof Error && wrongRegionCodes.test(error.name)) return true;
  if (![301, 307, 308, 400].includes(statusCode)) return false;
  // S3 answers a HEAD for the wrong region with a bare 400 or 301; without a body, the SDK finds no error code.
  return headers['x-amz-bucket-region'] !== undefined || !hasCode(error);
}

function hasCode(error: unknown): boolean {
  return (
    error instanceof Error && !/^(?:Unknown|UnknownError|\d+|BadRequest|S3ServiceException)$/.test(error.name)
  );
}

/**
 * A store with an endpoint per region may name the right one in a redirect (Ceph does). Signpost does not follow it,
 * because the user decides where signed requests go.
 */
function otherEndpointError(bucket: string, { headers }: ErrorResponse): BucketError {
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
