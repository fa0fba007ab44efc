import { isCancelled } from '../../async/cancelled.js';
import type { AwsCredentialIdentity } from './identity.js';
import { SharedWork } from '../../async/sharedWork.js';

/** Keys that expire within this time are refreshed, as in the SDK, so that they do not expire during a request. */
const renewalWindowMs = 5 * 60_000;
/** Refreshing keys again within this time would not extend their life. */
const renewalPauseMs = 60_000;

/** Provides keys. The signal is aborted when the last caller stops waiting for them. */
type KeyProvider = (stop: AbortSignal) => Promise<AwsCredentialIdentity>;

export interface CredentialCacheOptions {
  /** The time that the expiry of keys is compared with: that of the service that issued them. */
  readonly now: () => Date;
  /** Whether the user is asked for something each time: not while more than half of the keys' lifetime is left. */
  readonly needsUserInput: boolean;
  /** Provides the longest-lived keys, if the provider may return older ones. */
  readonly longestLived?: KeyProvider | undefined;
  /** Milliseconds to add to the expiry of keys to get it in S3's time, which links are signed with; 0 by default. */
  readonly expiryOffsetMs?: (() => number) | undefined;
  /** Called with keys that were obtained. */
  readonly onKeys?: (keys: AwsCredentialIdentity) => void;
  /** Called with the reason if none could be obtained and there are no current ones. */
  readonly onFailure?: (error: unknown) => void;
}

interface CachedKeys {
  readonly keys: AwsCredentialIdentity;
  readonly obtainedAtMs: number;
}

/**
 * Keeps the keys from a provider while they are valid, for all clients of a connection. A signal lets a caller stop
 * waiting for keys; when all have stopped, so does the provider.
 */
export class CredentialCache {
  #cached: CachedKeys | undefined;
  /** Whether S3 refused the last keys, whatever their expiry. */
  #wereRefused = false;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  /** When the longest-lived keys were last requested. */
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #pending: SharedWork<AwsCredentialIdentity> | undefined;

  constructor(
    private readonly provider: KeyProvider,
    private readonly options: CredentialCacheOptions,
  ) {}

  /**
   * The keys to sign with. They are refreshed if they expire within five minutes; if that fails, the current ones are
   * used until they expire.
   * @throws what the provider throws if there are no current keys; an AbortError as soon as the signal is aborted
   */
  async current(signal?: AbortSignal): Promise<AwsCredentialIdentity> {
    const cached = this.#cached;
    if (cached === undefined)
      return this.#ask({ signal, provider: this.#wereRefused ? this.options.longestLived : undefined });
    const remainingMs = this.#remainingMs(cached);
    const windowMs = this.options.needsUserInput ? 0 : renewalWindowMs;
    if (remainingMs > 0 && (remainingMs > windowMs || this.#nowMs() - this.#askedAtMs < renewalPauseMs))
      return this.#withS3Expiry(cached);
    try {
      return await this.#ask({ signal });
    } catch (error) {
      if (this.#remainingMs(cached) > 0 && signal?.aborted !== true) return this.#withS3Expiry(cached);
      throw error;
    }
  }

  /**
   * The longest-lived keys available without asking more than once a minute. If a renewal fails, returns the current
   * keys; if the user was asked and pressed Esc, the work is cancelled.
   * @throws AbortError, and what the provider throws if there are no current keys
   */
  async renewed(signal?: AbortSignal): Promise<AwsCredentialIdentity> {
    const cached = this.#cached;
    if (cached !== undefined && !this.#isWorthRenewing(cached)) return this.#joinRenewal(cached, signal);
    // A caller of `current` may be waiting.
    if (this.options.longestLived !== undefined && this.#pending?.isDone === false)
      await this.#pending.result(signal).catch(() => undefined);
    signal?.throwIfAborted();
    const renewedAtMs = this.#renewedAtMs;
    this.#renewedAtMs = this.#nowMs();
    try {
      return await this.#ask({ signal, provider: this.options.longestLived });
    } catch (error) {
      if (signal?.aborted === true) this.#renewedAtMs = renewedAtMs;
      if (cached !== undefined && this.#remainingMs(cached) > 0 && !isCancelled(error))
        return this.#withS3Expiry(cached);
      throw error;
    }
  }

  /** Joins another caller's renewal, which that caller may have left: an expiry list does before its link is signed. */
  async #joinRenewal(cached: CachedKeys, signal: AbortSignal | undefined): Promise<AwsCredentialIdentity> {
    if (this.options.needsUserInput || this.#pending?.isDone !== false) return this.current(signal);
    try {
      return await this.#pending.result(signal);
    } catch (error) {
      if (this.#remainingMs(cached) > 0 && signal?.aborted !== true) return this.#withS3Expiry(cached);
      throw error;
    }
  }

  /** Identifies the current keys. */
  get accessKeyId(): string | undefined {
    return this.#cached?.keys.accessKeyId;
  }

  /** Discards the current keys, which S3 has refused. */
  forget(): void {
    this.#cached = undefined;
    this.#wereRefused = true;
  }

  /** Reports the current keys again, because their expiry in S3's time has changed. */
  notify(): void {
    if (this.#cached !== undefined) this.options.onKeys?.(this.#withS3Expiry(this.#cached));
  }

  #isWorthRenewing(cached: CachedKeys): boolean {
    // With `longest`, keys that the provider just returned may be old.
    const askedAtMs = this.options.longestLived === undefined ? this.#askedAtMs : this.#renewedAtMs;
    if (this.#nowMs() - askedAtMs < renewalPauseMs) return false;
    const remainingMs = this.#remainingMs(cached);
    return !this.options.needsUserInput || remainingMs < this.#nowMs() - cached.obtainedAtMs;
  }

  #nowMs(): number {
    return this.options.now().getTime();
  }

  #remainingMs(cached: CachedKeys): number {
    const { expiration } = cached.keys;
    return expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - this.#nowMs();
  }

  /** The keys, with their expiry in S3's time. */
  #withS3Expiry({ keys }: CachedKeys): AwsCredentialIdentity {
    const offsetMs = this.options.expiryOffsetMs?.() ?? 0;
    const { expiration } = keys;
    if (offsetMs === 0 || expiration === undefined) return keys;
    return { ...keys, expiration: new Date(expiration.getTime() + offsetMs) };
  }

  /** Asks the provider once, however many callers wait. */
  #ask({
    signal,
    provider = this.provider,
  }: {
    readonly signal: AbortSignal | undefined;
    readonly provider?: KeyProvider | undefined;
  }): Promise<AwsCredentialIdentity> {
    if (this.#pending?.isDone !== false) {
      this.#pending = new SharedWork((stop) => this.#askProvider(provider, stop));
    }
    return this.#pending.result(signal);
  }

  async #askProvider(provider: KeyProvider, stop: AbortSignal): Promise<AwsCredentialIdentity> {
    const askedAtMs = this.#askedAtMs;
    this.#askedAtMs = this.#nowMs();
    try {
      const keys = await provider(stop);
      // Other keys may have been obtained since.
      stop.throwIfAborted();
      return this.#store(keys);
    } catch (error) {
      const cached = this.#cached;
      if (stop.aborted) this.#askedAtMs = askedAtMs;
      else if (cached === undefined || this.#remainingMs(cached) <= 0) this.options.onFailure?.(error);
      throw error;
    }
  }

  #store(keys: AwsCredentialIdentity): AwsCredentialIdentity {
    const obtainedAtMs = this.#nowMs();
    this.#askedAtMs = obtainedAtMs;
    this.#cached = { keys, obtainedAtMs };
    this.#wereRefused = false;
    this.notify();
    return this.#withS3Expiry(this.#cached);
  }
}
