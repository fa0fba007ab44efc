import { CreateSessionCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { isCancelled } from '../async/cancelled.js';
import { assertAtEndpoint, assertReachable } from './bucketKind.js';
import { BucketRegions } from './bucketRegions.js';
import { Clients } from './clients.js';
import type { CredentialProvider } from './credentials/credentials.js';
import { DirectorySessions, type BucketSession } from './directorySessions.js';
import {
  credentialsExpiry,
  SignInNeededError,
  type AwsCredentialIdentity,
  type CredentialsExpiry,
  type CredentialsState,
} from './credentials/identity.js';
import { CredentialCache, type CredentialCacheOptions } from './credentials/credentialCache.js';
import type { TimeLimits } from './requests/limits.js';
import { S3RequestHandler, type RequestHandlerOptions } from './requests/requestHandler.js';
import { defaultRetryLimits, type RetryLimits, type RetryListener } from '../async/retry.js';
import { S3Retry } from './requests/s3Retry.js';
import { ServerClock, toleranceMs, type ServerClockOptions } from './requests/serverClock.js';
import type { ServiceSettings } from './serviceSettings.js';
import { unknownSigning, type Signing } from './credentials/signing.js';
import type { ConnectionSource } from './profiles/source.js';

/** What a connection depends on. */
export interface ConnectionOptions {
  readonly credentials: CredentialProvider;
  readonly longestLivedCredentials?: CredentialCacheOptions['longestLived'];
  /**
   * The clock of the service that issued the last keys. Their expiry is compared with it rather than with S3's clock,
   * which may be wrong on a store or a proxy. If it is unknown, as for keys from a file or a program, S3's clock is
   * used: a store that checks a session token compares its expiry with the store's own time.
   */
  readonly issuerClock?: Pick<ServerClock, 'isKnown' | 'offsetMs'>;
  /** Whether obtaining credentials requires asking the user for something. */
  readonly needsUserInput?: boolean;
  /** Settles when the user answers the open question; undefined if there is none. */
  readonly pendingPrompt?: (() => Promise<unknown> | undefined) | undefined;
  readonly signing?: Signing | undefined;
  /** Named in the user agent. */
  readonly version: string;
  /** This machine's clock. */
  readonly clock?: () => Date;
  /** Milliseconds of a monotonic clock. */
  readonly monotonicMs?: ServerClockOptions['monotonicMs'];
  /** Called each time credentials were obtained, or could not be obtained without a sign-in. */
  readonly onCredentials?: (state: CredentialsState) => void;
  /** Called when the difference between this machine's clock and S3's changes, see {@link ServerClock}. */
  readonly onClockChange?: (offsetMs: number) => void;
  /** The certificate authorities to trust, as PEM; absent for those that Node and VS Code trust. */
  readonly ca?: readonly string[] | undefined;
  /** How long a server may keep us waiting; read for each request. */
  readonly timeLimits?: (() => TimeLimits) | undefined;
  readonly preferredTransport?: RequestHandlerOptions['preferredTransport'];
  readonly retryLimits?: RetryLimits | undefined;
  /** Retries requests. Credential providers may share it, so that retry listeners hear of their requests too. */
  readonly retry?: S3Retry;
  /** Called by {@link Connection.dispose}. */
  readonly onDispose?: (() => void) | undefined;
}

/** Keys and their expiry. */
export interface Identity {
  readonly keys: AwsCredentialIdentity;
  readonly expiry: CredentialsExpiry;
}

/** One identity at one endpoint: provides a client for each region and learns the region of each bucket. */
export class Connection {
  readonly #clients: Clients;
  readonly #regions: BucketRegions;
  readonly #sessions: DirectorySessions;
  readonly #handler: S3RequestHandler;
  readonly #retry: S3Retry;
  /** The clock that requests and links are signed with. */
  readonly clock: ServerClock;
  readonly #keys: CredentialCache;
  /** See {@link #updateIssuerOffset}. */
  #issuerOffsetMs = 0;

  constructor(
    readonly source: ConnectionSource,
    readonly settings: ServiceSettings,
    private readonly options: ConnectionOptions,
  ) {
    const local = options.clock ?? (() => new Date());
    this.clock = new ServerClock({
      local,
      monotonicMs: options.monotonicMs,
      onChange: (offsetMs) => {
        this.#clients.setClockOffset(offsetMs);
        options.onClockChange?.(offsetMs);
        const before = this.#issuerOffsetMs;
        if (this.#updateIssuerOffset() !== before) this.#keys.notify();
      },
    });
    this.#keys = this.#createCredentialCache();
    this.#handler = new S3RequestHandler({
      onResponse: ({ headers, sentAt }) => {
        this.clock.learn(headers.date, sentAt);
      },
      clock: local,
      ca: options.ca,
      limits: options.timeLimits,
      preferredTransport: options.preferredTransport,
    });
    this.#retry = options.retry ?? new S3Retry(this.retryLimits);
    this.#regions = new BucketRegions(settings.region, (bucket) => this.#clients.of(bucket, settings.region));
    this.#sessions = new DirectorySessions(
      async (bucket, stop) => {
        const client = await this.clientFor(bucket, stop);
        return client.send(new CreateSessionCommand({ Bucket: bucket }), { abortSignal: stop });
      },
      () => this.clock.now(),
    );
    this.#clients = new Clients(settings, {
      keys: this.#keys,
      clock: this.clock,
      sessions: this.#sessions,
      requestHandler: this.#handler,
      retry: this.#retry,
      version: options.version,
    });
  }

  #createCredentialCache(): CredentialCache {
    const { options } = this;
    return new CredentialCache(options.credentials, {
      now: () => new Date(this.clock.now().getTime() - this.#updateIssuerOffset()),
      needsUserInput: this.needsUserInput,
      longestLived: options.longestLivedCredentials,
      expiryOffsetMs: () => this.#updateIssuerOffset(),
      onKeys: (keys) => {
        const usesSignIn = this.signing.signIn !== undefined;
        options.onCredentials?.({ ...credentialsExpiry(keys), usesSignIn });
      },
      onFailure: (error) => {
        if (error instanceof SignInNeededError) options.onCredentials?.({ kind: 'signInNeeded' });
      },
    });
  }

  /**
   * How far S3's clock is ahead of the issuer's, in milliseconds. After this machine slept or its clock was set, an
   * earlier response from the issuer cannot be compared with it, so the last difference is used.
   */
  #updateIssuerOffset(): number {
    const { issuerClock } = this.options;
    if (issuerClock?.isKnown === true) {
      const offsetMs = this.clock.offsetMs - issuerClock.offsetMs;
      this.#issuerOffsetMs = Math.abs(offsetMs) > toleranceMs ? offsetMs : 0;
    }
    return this.#issuerOffsetMs;
  }

  /** See {@link ConnectionOptions.ca}; code that uses links of this connection must trust them too. */
  get ca(): readonly string[] | undefined {
    return this.options.ca;
  }

  /** How often requests are sent again; also applies to code that uses links of this connection. */
  get retryLimits(): RetryLimits {
    return this.options.retryLimits ?? defaultRetryLimits;
  }

  /** How the credentials are obtained. */
  get signing(): Signing {
    return this.options.signing ?? unknownSigning;
  }

  /** Whether obtaining credentials may require asking the user for something. */
  get needsUserInput(): boolean {
    return this.options.needsUserInput === true;
  }

  /** See {@link ConnectionOptions.pendingPrompt}. */
  get pendingPrompt(): Promise<unknown> | undefined {
    return this.options.pendingPrompt?.();
  }

  /** The current keys and their expiry, see {@link CredentialCache.current}. */
  async identity(signal?: AbortSignal): Promise<Identity> {
    return toIdentity(await this.#keys.current(signal));
  }

  /** Like {@link identity}, with the longest-lived keys available, see {@link CredentialCache.renewed}. */
  async renewedIdentity(signal?: AbortSignal): Promise<Identity> {
    return toIdentity(await this.#keys.renewed(signal));
  }

  /** Keys for a link that expires at `moment`: refreshed if the current ones expire before it. */
  async identityUntil(moment: Date, signal?: AbortSignal): Promise<Identity> {
    const identity = await this.identity(signal);
    const { expiry } = identity;
    return expiry.kind !== 'at' || expiry.at >= moment ? identity : this.renewedIdentity(signal);
  }

  /** A client whose requests and links are signed for `region`. All clients share connections and credentials. */
  client(region: string = this.settings.region): S3Client {
    return this.#clients.in(region);
  }

  /** A client for the bucket's region, which is looked up once. Throws like {@link regionOf}. */
  async clientFor(bucket: string, signal?: AbortSignal): Promise<S3Client> {
    return this.#clients.of(bucket, await this.regionOf(bucket, signal));
  }

  /**
   * Sends a request about a bucket, and sends it again if the response shows that the bucket is in another region. If the
   * region is unknown, it tries the connection's region: that saves a request compared to {@link regionOf}, and `fetch`
   * closes the connection after a response to HEAD.
   * @throws like {@link regionOf}, and what `send` throws
   */
  async inBucket<T>(
    bucket: string,
    send: (client: S3Client) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    assertReachable(bucket, this.settings);
    const isKnown = this.knownRegion(bucket) !== undefined;
    const region = isKnown ? await this.regionOf(bucket, signal) : this.settings.region;
    try {
      return await send(this.#clients.of(bucket, region));
    } catch (error) {
      if (!(await this.#regions.updateFromError(bucket, { error, signedFor: region, signal }))) throw error;
      return send(await this.clientFor(bucket, signal));
    }
  }

  rememberRegion(bucket: string, region: string): void {
    this.#regions.remember(bucket, region);
  }

  /** The region of a bucket, if its name contains it or its store has reported it. */
  knownRegion(bucket: string): string | undefined {
    return this.#regions.known(bucket);
  }

  /**
   * The bucket's region, see {@link BucketRegions.of}. For an access point, the region in its ARN.
   * @throws BucketError if the bucket cannot be reached from here; network errors
   */
  async regionOf(bucket: string, signal?: AbortSignal): Promise<string> {
    assertReachable(bucket, this.settings);
    const region = await this.#regions.of(bucket, signal);
    if (this.knownRegion(bucket) !== undefined) assertAtEndpoint(bucket, region, this.settings);
    return region;
  }

  /**
   * Asks S3 for its time, which links are signed with, unless a response has given it since this machine's clock was
   * last set. Refusals give it too; if nothing answers, this machine's time is used.
   * @throws what the credentials and {@link regionOf} throw; AbortError
   */
  async checkClock(bucket: string, signal?: AbortSignal): Promise<void> {
    if (this.clock.isCurrent()) return;
    await this.#keys.current(signal);
    const client = await this.clientFor(bucket, signal);
    await client
      .send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: signal })
      .catch((error: unknown) => {
        if (isCancelled(error)) throw error;
      });
    if (!this.clock.isCurrent()) this.clock.forget();
  }

  /** Begins the session that signs the next links of a directory bucket; they expire with it. */
  async beginSession(bucket: string, signal?: AbortSignal): Promise<BucketSession> {
    return this.#sessions.begin(await this.#keys.current(signal), { bucket, signal });
  }

  /** Runs work and calls the listener before each retry of its requests. */
  withRetryListener<Result>(listener: RetryListener, work: () => Promise<Result>): Promise<Result> {
    return this.#retry.withListener(listener, work);
  }

  /** Cancels all pending requests: each rejects with an AbortError. */
  dispose(): void {
    this.#retry.stop();
    this.#handler.destroy();
    this.#clients.clear();
    this.options.onDispose?.();
  }
}

function toIdentity(keys: AwsCredentialIdentity): Identity {
  return { keys, expiry: credentialsExpiry(keys) };
}
