import { isCancelled } from '../../async/cancelled.js';
import type { AwsCredentialIdentity } from './identity.js';
import { SharedWork } from '../../async/sharedWork.js';

/** Keys that expire within this time are refreshed, as in the SDK, so that they do not expire during a request. */
const renewalWindowMs = 5 * 60_000;
/** Refreshing keys again within this time would not extend their life. */
const renewalPauseMs = 60_000;

/** Provides keys. The signal is aborted when the last caller stops waiting for them. */
type KeyProvider = (stop: AbortSignal) => Promise<AwsCredentialIdentity>;

export interface KeyRingOptions {
  /** The time that the expiry of keys is compared with: that of the service that issued them. */
  readonly now: () => Date;
  /** Whether the user is asked for something each time: not while more than half of the keys' lifetime is left. */
  readonly asksPerson: boolean;
  /** Provides the longest-lived keys, if the provider may return older ones. */
  readonly longest?: KeyProvider | undefined;
  /** Milliseconds to add to the expiry of keys to get it in S3's time, which links are signed with; 0 by default. */
  readonly endOffsetMs?: (() => number) | undefined;
  /** Called with keys that were obtained. */
  readonly onKeys?: (keys: AwsCredentialIdentity) => void;
  /** Called with the reason if none could be obtained and there are no current ones. */
  readonly onFailure?: (error: unknown) => void;
}

interface HeldKeys {
  readonly keys: AwsCredentialIdentity;
  readonly hadAtMs: number;
}

/**
 * Keeps the keys from a provider while they are valid, for all clients of a connection. A signal lets a caller stop
 * waiting for keys; when all have stopped, so does the provider.
 */
export class KeyRing {
  #held: HeldKeys | undefined;
  /** Whether S3 refused the last keys, whatever their expiry. */
  #areRefused = false;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  /** When the longest-lived keys were last requested. */
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #pending: SharedWork<AwsCredentialIdentity> | undefined;

  constructor(
    private readonly provider: KeyProvider,
    private readonly options: KeyRingOptions,
  ) {}

  /**
   * The keys to sign with. They are refreshed if they expire within five minutes; if that fails, the current ones are
   * used until they expire.
   * @throws what the provider throws if there are no current keys; an AbortError as soon as the signal is aborted
   */
  async current(signal?: AbortSignal): Promise<AwsCredentialIdentity> {
    const held = this.#held;
    if (held === undefined)
      return this.#ask({ signal, provider: this.#areRefused ? this.options.longest : undefined });
    const leftMs = this.#leftMs(held);
    const windowMs = this.options.asksPerson ? 0 : renewalWindowMs;
    if (leftMs > 0 && (leftMs > windowMs || this.#nowMs() - this.#askedAtMs < renewalPauseMs))
      return this.#given(held);
    try {
      return await this.#ask({ signal });
    } catch (error) {
      if (this.#leftMs(held) > 0 && signal?.aborted !== true) return this.#given(held);
      throw error;
    }
  }

  /**
   * The longest-lived keys available without asking more than once a minute. If a renewal fails, returns the current
   * keys; if the user was asked and pressed Esc, the work is cancelled.
   * @throws AbortError, and what the provider throws if there are no current keys
   */
  async renewed(signal?: AbortSignal): Promise<AwsCredentialIdentity> {
    const held = this.#held;
    if (held !== undefined && !this.#isWorthRenewing(held)) return this.#underWay(held, signal);
    // A caller of `current` may be waiting.
    if (this.options.longest !== undefined && this.#pending?.isOver === false)
      await this.#pending.result(signal).catch(() => undefined);
    signal?.throwIfAborted();
    const renewedAtMs = this.#renewedAtMs;
    this.#renewedAtMs = this.#nowMs();
    try {
      return await this.#ask({ signal, provider: this.options.longest });
    } catch (error) {
      if (signal?.aborted === true) this.#renewedAtMs = renewedAtMs;
      if (held !== undefined && this.#leftMs(held) > 0 && !isCancelled(error)) return this.#given(held);
      throw error;
    }
  }

  /** Joins another caller's renewal, which that caller may have left: an expiry list does before its link is signed. */
  async #underWay(held: HeldKeys, signal: AbortSignal | undefined): Promise<AwsCredentialIdentity> {
    if (this.options.asksPerson || this.#pending?.isOver !== false) return this.current(signal);
    try {
      return await this.#pending.result(signal);
    } catch (error) {
      if (this.#leftMs(held) > 0 && signal?.aborted !== true) return this.#given(held);
      throw error;
    }
  }

  /** Identifies the current keys. */
  get accessKeyId(): string | undefined {
    return this.#held?.keys.accessKeyId;
  }

  /** Discards the current keys, which S3 has refused. */
  forget(): void {
    this.#held = undefined;
    this.#areRefused = true;
  }

  /** Reports the current keys again, because their expiry in S3's time has changed. */
  tell(): void {
    if (this.#held !== undefined) this.options.onKeys?.(this.#given(this.#held));
  }

  #isWorthRenewing(held: HeldKeys): boolean {
    // With `longest`, keys that the provider just returned may be old.
    const askedAtMs = this.options.longest === undefined ? this.#askedAtMs : this.#renewedAtMs;
    if (this.#nowMs() - askedAtMs < renewalPauseMs) return false;
    const leftMs = this.#leftMs(held);
    return !this.options.asksPerson || leftMs < this.#nowMs() - held.hadAtMs;
  }

  #nowMs(): number {
    return this.options.now().getTime();
  }

  #leftMs(held: HeldKeys): number {
    const { expiration } = held.keys;
    return expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - this.#nowMs();
  }

  /** The keys, with their expiry in S3's time. */
  #given({ keys }: HeldKeys): AwsCredentialIdentity {
    const offsetMs = this.options.endOffsetMs?.() ?? 0;
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
    if (this.#pending?.isOver !== false) {
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
      return this.#hold(keys);
    } catch (error) {
      const held = this.#held;
      if (stop.aborted) this.#askedAtMs = askedAtMs;
      else if (held === undefined || this.#leftMs(held) <= 0) this.options.onFailure?.(error);
      throw error;
    }
  }

  #hold(keys: AwsCredentialIdentity): AwsCredentialIdentity {
    const hadAtMs = this.#nowMs();
    this.#askedAtMs = hadAtMs;
    this.#held = { keys, hadAtMs };
    this.#areRefused = false;
    this.tell();
    return this.#given(this.#held);
  }
}
