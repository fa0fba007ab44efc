import { S3Client } from '@aws-sdk/client-s3';
import { bucketKind, type BucketKind } from './bucketKind.js';
import type { CredentialCache } from './credentials/credentialCache.js';
import { fixDirectoryPaths, type DirectorySessions } from './directorySessions.js';
import { callerSignal, trackCallerSignal } from './requests/callerSignal.js';
import { skipInvalidDates } from './requests/invalidDates.js';
import type { S3RequestHandler } from './requests/requestHandler.js';
import type { S3Retry } from './requests/s3Retry.js';
import type { ServerClock } from './requests/serverClock.js';
import type { ServiceSettings } from './serviceSettings.js';

/** What all clients of a connection share. */
interface SharedParts {
  readonly keys: CredentialCache;
  readonly clock: ServerClock;
  readonly sessions: DirectorySessions;
  readonly requestHandler: S3RequestHandler;
  readonly retry: S3Retry;
  /** Named in the user agent. */
  readonly version: string;
}

/** S3 error codes for keys that are no longer valid, whatever their expiry. */
const refusedKeys: readonly string[] = ['ExpiredToken', 'InvalidToken', 'TokenRefreshRequired'];

/** The SDK clients of a connection, one for each region and addressing style. */
export class Clients {
  readonly #clients = new Map<string, S3Client>();

  constructor(
    private readonly settings: ServiceSettings,
    private readonly parts: SharedParts,
  ) {}

  /** Makes all clients sign with a clock that differs from this machine's by this offset. */
  setClockOffset(offsetMs: number): void {
    for (const client of this.#clients.values()) client.config.systemClockOffset = offsetMs;
  }

  clear(): void {
    this.#clients.clear();
  }

  /** A client for ordinary buckets of a region. */
  in(region: string): S3Client {
    const { forcePathStyle, useAccelerate } = this.settings;
    return this.#clientWith({ region, forcePathStyle, useAccelerate });
  }

  /**
   * Access points and directory buckets have their own hosts and are never accelerated. Neither are buckets whose name
   * is not a single host label: Amazon S3 User Guide, "Requirements for using Amazon S3 Transfer Acceleration".
   */
  of(bucket: string, region: string): S3Client {
    const { kind } = bucketKind(bucket);
    if (kind === 'bucket' && /^[a-z0-9-]+$/.test(bucket)) return this.in(region);
    const { forcePathStyle, endpoint } = this.settings;
    const inPath = forcePathStyle && (kind === 'bucket' || endpoint !== undefined);
    return this.#clientWith({ region, forcePathStyle: inPath, useAccelerate: false, kind });
  }

  #clientWith(place: {
    readonly region: string;
    readonly forcePathStyle: boolean;
    readonly useAccelerate: boolean;
    /** An SDK client signs sessions for the service of its first request, so each kind needs its own client. */
    readonly kind?: BucketKind['kind'];
  }): S3Client {
    const { region, forcePathStyle, useAccelerate, kind = 'bucket' } = place;
    const id = [region, forcePathStyle, useAccelerate, kind].join(' ');
    const known = this.#clients.get(id);
    if (known !== undefined) return known;
    const { endpoint, useFips, useDualstack } = this.settings;
    const { keys, clock, sessions, requestHandler, retry, version } = this.parts;
    const client = new S3Client({
      region,
      // Marked as memoized: otherwise the SDK would cache keys for each client.
      credentials: Object.assign(() => keys.current(callerSignal()), { memoized: true }),
      // Resolved for the selected profile. Set even when off, because the SDK would otherwise use the settings of
      // AWS_PROFILE.
      forcePathStyle,
      ...(endpoint === undefined ? {} : { endpoint }),
      ignoreConfiguredEndpointUrls: true,
      useFipsEndpoint: useFips,
      useDualstackEndpoint: useDualstack,
      useAccelerateEndpoint: useAccelerate,
      // An access point's ARN names its region.
      useArnRegion: true,
      s3ExpressIdentityProvider: sessions,
      // The default puts the CRC32 of an empty body into PUT links, which other stores refuse (aws-sdk-js-v3#6810).
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler,
      retryStrategy: retry,
      maxAttempts: retry.attempts,
      systemClockOffset: clock.offsetMs,
      customUserAgent: [['signpost', version]],
    });
    trackCallerSignal(client);
    fixDirectoryPaths(client);
    skipInvalidDates(client);
    this.#forgetRefusedKeys(client);
    this.#clients.set(id, client);
    return client;
  }

  /** The expiry of keys may be unknown; refused ones would be kept forever. */
  #forgetRefusedKeys(client: S3Client): void {
    client.middlewareStack.add(
      (next) => async (args) => {
        const { keys } = this.parts;
        const signer = keys.accessKeyId;
        try {
          return await next(args);
        } catch (error) {
          const isRefused = error instanceof Error && refusedKeys.includes(error.name);
          // Other keys may have been obtained since.
          if (isRefused && (signer === undefined || signer === keys.accessKeyId)) keys.forget();
          throw error;
        }
      },
      { step: 'initialize', name: 'forgetRefusedKeys' },
    );
  }
}
