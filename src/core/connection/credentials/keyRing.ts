import { isCancelled } from '../../async/cancelled.js';
import type { AwsCredentialIdentity } from './identity.js';
import { SharedWork } from '../../async/sharedWork.js';

/** Keys that end within this time are had afresh, as the SDK does, so that no request ends with them under way. */
const renewalWindowMs = 5 * 60_000;
/** Keys that were had a moment ago do not live longer when they are had again. */
const renewalPauseMs = 60_000;

/** Gives keys. The signal is aborted when nobody waits for them any more. */
type KeyProvider = (stop: AbortSignal) => Promise<AwsCredentialIdentity>;

export interface KeyRingOptions {
  /** The time by which keys end: that of the service that issued them. */
  readonly now: () => Date;
  /** Whether a person is asked for something each time: nobody is, while the keys have half of their life before them. */
  readonly asksPerson: boolean;
  /** Gives the keys with the longest life, where the provider may give older ones. */
  readonly longest?: KeyProvider | undefined;
  /** What is to be added to the end of keys to have it by the time of S3, by which links are signed; 0 by default. */
  readonly endOffsetMs?: (() => number) | undefined;
  /** Told of keys that were had. */
  readonly onKeys?: (keys: AwsCredentialIdentity) => void;
  /** Told why none could be had, where none are at hand either. */
  readonly onFailure?: (error: unknown) => void;
}

interface HeldKeys {
  readonly keys: AwsCredentialIdentity;
  readonly hadAtMs: number;
}

/**
 * Keeps the keys that a provider gives for as long as they are good, for all clients of a connection. Whoever waits for
 * keys leaves with a signal; the provider is stopped when all have left.
 */
export class KeyRing {
  #held: HeldKeys | undefined;
  /** Whether S3 has refused those that were had last, whatever their end. */
  #areRefused = false;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  /** When the keys with the longest life were last asked for. */
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #pending: SharedWork<AwsCredentialIdentity> | undefined;

  constructor(
    private readonly provider: KeyProvider,
    private readonly options: KeyRingOptions,
  ) {}

  /**
   * The keys to sign with. They are had afresh when they end within five minutes; where that fails, those at hand serve
   * to their end.
   * @throws what the provider throws, where no keys are at hand; an AbortError as soon as the signal is aborted
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
   * The keys with the longest life that can be had without asking more often than once a minute. Where a renewal fails,
   * the keys at hand are given; a person who was asked and pressed Esc has called the work off.
   * @throws AbortError, and what the provider throws, where no keys are at hand
   */
  async renewed(signal?: AbortSignal): Promise<AwsCredentialIdentity> {
    const held = this.#held;
    if (held !== undefined && !this.#isWorthRenewing(held)) return this.#underWay(held, signal);
    // One who asks for whatever keys there are may be waiting.
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

  /** What a renewal gives that another has begun, and may have left: an expiry list does before its link is signed. */
  async #underWay(held: HeldKeys, signal: AbortSignal | undefined): Promise<AwsCredentialIdentity> {
    if (this.options.asksPerson || this.#pending?.isOver !== false) return this.current(signal);
    try {
      return await this.#pending.result(signal);
    } catch (error) {
      if (this.#leftMs(held) > 0 && signal?.aborted !== true) return this.#given(held);
      throw error;
    }
  }

  /** Names the keys at hand. */
  get accessKeyId(): string | undefined {
    return this.#held?.keys.accessKeyId;
  }

  /** Has the keys afresh the next time: S3 has refused those at hand. */
  forget(): void {
    this.#held = undefined;
    this.#areRefused = true;
  }

  /** Tells of the keys at hand once more: their end by the time of S3 has changed. */
  tell(): void {
    if (this.#held !== undefined) this.options.onKeys?.(this.#given(this.#held));
  }

  #isWorthRenewing(held: HeldKeys): boolean {
    // Beside `longest`, what the provider gave a moment ago may be old.
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

  /** The keys, with their end by the time of S3. */
  #given({ keys }: HeldKeys): AwsCredentialIdentity {
    const offsetMs = this.options.endOffsetMs?.() ?? 0;
    const { expiration } = keys;
    if (offsetMs === 0 || expiration === undefined) return keys;
    return { ...keys, expiration: new Date(expiration.getTime() + offsetMs) };
  }

  /** Asks the provider once, however many wait. */
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
      // Others may have been had since.
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
