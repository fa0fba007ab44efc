import type { CreateSessionCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { BucketError, bucketKind } from './bucketKind.js';
import type { AwsCredentialIdentity } from './credentials/identity.js';
import { SharedWork } from '../async/sharedWork.js';
import { callerSignal } from './requests/callerSignal.js';

/** The keys of a session in a directory bucket. They always expire, after five minutes at the latest. */
export type BucketSession = AwsCredentialIdentity & { readonly expiration: Date };

/** A session that expires within this time is not used for another request. */
const minRemainingMs = 30_000;

/**
 * Requests and links in a directory bucket are signed with the keys of a session in that bucket, not with those of a
 * profile. CreateSession issues them for five minutes (Amazon S3 API Reference, "CreateSession"). Replaces the SDK's
 * own cache, which does not reveal when a session expires and signs links in the last seconds of one.
 */
export class DirectorySessions {
  readonly #sessions = new Map<string, SharedWork<BucketSession>>();

  constructor(
    /** The signal is aborted when the last caller stops waiting for the session. */
    private readonly create: (bucket: string, stop: AbortSignal) => Promise<CreateSessionCommandOutput>,
    private readonly now: () => Date,
  ) {}

  /** What the SDK signs with. */
  async getS3ExpressIdentity(
    keys: AwsCredentialIdentity,
    { Bucket: bucket = '' }: Readonly<Record<string, string>>,
  ): Promise<BucketSession> {
    const signal = callerSignal();
    const session = await this.#sessions.get(sessionId(keys, bucket))?.result(signal);
    const enough = this.now().getTime() + minRemainingMs;
    return session !== undefined && session.expiration.getTime() > enough
      ? session
      : this.begin(keys, { bucket, signal });
  }

  /**
   * Begins a session, so that whatever is signed next stays valid as long as possible.
   * @throws BucketError if the store does not support sessions; what the SDK throws; an AbortError as soon as the
   * signal is aborted
   */
  begin(
    keys: AwsCredentialIdentity,
    { bucket, signal }: { readonly bucket: string; readonly signal: AbortSignal | undefined },
  ): Promise<BucketSession> {
    const id = sessionId(keys, bucket);
    const forget = () => {
      if (this.#sessions.get(id) === session) this.#sessions.delete(id);
    };
    const session = new SharedWork((stop) => {
      // Immediately, so that the next caller does not wait for cancelled work.
      stop.addEventListener('abort', forget, { once: true });
      return this.#create(bucket, stop).catch((error: unknown) => {
        forget();
        throw error;
      });
    });
    this.#sessions.set(id, session);
    return session.result(signal);
  }

  async #create(bucket: string, stop: AbortSignal): Promise<BucketSession> {
    const answer = await this.create(bucket, stop).catch((error: unknown) => {
      throw isUnknownOperation(error) ? noDirectoryBuckets() : error;
    });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    // A store that ignores the parameter answers with a listing.
    if (AccessKeyId === undefined || SecretAccessKey === undefined || Expiration === undefined) {
      throw noDirectoryBuckets();
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  }
}

function sessionId({ accessKeyId }: AwsCredentialIdentity, bucket: string): string {
  return `${accessKeyId}/${bucket}`;
}

function noDirectoryBuckets(): BucketError {
  return new BucketError({
    text: 'This store does not support directory buckets (names that end in --x-s3), so they cannot be listed or signed for.',
  });
}

function isUnknownOperation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return metadata?.httpStatusCode === 501 || metadata?.httpStatusCode === 405;
}

/**
 * The SDK's rules put one slash too many after a directory bucket in the path of an endpoint, which would become part
 * of every key. This removes it.
 */
export function fixDirectoryPaths(client: S3Client): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { Bucket: bucket } = args.input as { readonly Bucket?: string };
      const { request } = args as { request?: { path: string; readonly hostname: string } };
      if (bucket !== undefined && request !== undefined && bucketKind(bucket).kind === 'directory') {
        const start = `/${bucket}/`;
        if (!request.hostname.startsWith(`${bucket}.`) && request.path.startsWith(`${start}/`)) {
          request.path = start + request.path.slice(start.length + 1);
        }
      }
      return next(args);
    },
    { name: 'signpostDirectoryPaths', step: 'build' },
  );
}
