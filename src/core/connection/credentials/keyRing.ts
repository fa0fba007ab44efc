import type { AwsCredentialIdentity } from './identity.js';

/** Keys that end within this time are had afresh, as the SDK does, so that no request ends with them under way. */
const renewalWindowMs = 5 * 60_000;
/** Keys that were had a moment ago do not live longer when they are had again. */
const renewalPauseMs = 60_000;

export interface KeyRingOptions {
  /** The time by which keys end. */
  readonly now: () => Date;
  /** Whether a person is asked for something each time: nobody is, while the keys have half of their life before them. */
  readonly asksPerson: boolean;
  /** Gives the keys with the longest life, where the provider may give older ones. */
  readonly longest?: (() => Promise<AwsCredentialIdentity>) | undefined;
  /** What is to be added to the end of keys to have it by the time of `now`; nothing by default. */
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

/** Keeps the keys that a provider gives for as long as they are good, for all clients of a connection. */
export class KeyRing {
  #held: HeldKeys | undefined;
  /** Whether S3 has refused those that were had last, whatever their end. */
  #areRefused = false;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  /** When the keys with the longest life were last asked for. */
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #pending: Promise<AwsCredentialIdentity> | undefined;

  constructor(
    private readonly provider: () => Promise<AwsCredentialIdentity>,
    private readonly options: KeyRingOptions,
  ) {}

  /**
   * The keys to sign with. They are had afresh when they end within five minutes; where that fails, those at hand serve
   * to their end.
   * @throws what the provider throws, where no keys are at hand
   */
  async current(): Promise<AwsCredentialIdentity> {
    const held = this.#held;
    if (held === undefined) return this.#ask(this.#areRefused ? this.options.longest : undefined);
    const leftMs = this.#leftMs(held);
    const windowMs = this.options.asksPerson ? 0 : renewalWindowMs;
    if (leftMs > 0 && (leftMs > windowMs || this.#nowMs() - this.#askedAtMs < renewalPauseMs))
      return this.#given(held);
    try {
      return await this.#ask();
    } catch (error) {
      if (this.#leftMs(held) > 0) return this.#given(held);
      throw error;
    }
  }

  /**
   * The keys with the longest life that can be had without asking more often than once a minute. Where a renewal fails,
   * the keys at hand are given; a person who was asked and pressed Esc has called the work off.
   * @throws AbortError, and what the provider throws, where no keys are at hand
   */
  async renewed(): Promise<AwsCredentialIdentity> {
    const held = this.#held;
    if (held !== undefined && !this.#isWorthRenewing(held)) return this.current();
    // One who asks for whatever keys there are may be waiting.
    if (this.options.longest !== undefined) await this.#pending?.catch(() => undefined);
    this.#renewedAtMs = this.#nowMs();
    try {
      return await this.#ask(this.options.longest);
    } catch (error) {
      const isCalledOff = error instanceof Error && error.name === 'AbortError';
      if (held !== undefined && this.#leftMs(held) > 0 && !isCalledOff) return this.#given(held);
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

  /** Tells of the keys at hand once more: the offset has changed. */
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
    const { expiration } = this.#given(held);
    return expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - this.#nowMs();
  }

  /** The keys, with their end by the time of `now`. */
  #given({ keys }: HeldKeys): AwsCredentialIdentity {
    const offsetMs = this.options.endOffsetMs?.() ?? 0;
    const { expiration } = keys;
    if (offsetMs === 0 || expiration === undefined) return keys;
    return { ...keys, expiration: new Date(expiration.getTime() + offsetMs) };
  }

  /** Asks the provider once, however many wait. */
  #ask(provider = this.provider): Promise<AwsCredentialIdentity> {
    this.#pending ??= this.#askProvider(provider).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #askProvider(provider: () => Promise<AwsCredentialIdentity>): Promise<AwsCredentialIdentity> {
    this.#askedAtMs = this.#nowMs();
    const keys = await this.#provided(provider);
    const hadAtMs = this.#nowMs();
    this.#askedAtMs = hadAtMs;
    this.#held = { keys, hadAtMs };
    this.#areRefused = false;
    this.tell();
    return this.#given(this.#held);
  }

  async #provided(provider: () => Promise<AwsCredentialIdentity>): Promise<AwsCredentialIdentity> {
    try {
      return await provider();
    } catch (error) {
      const held = this.#held;
      if (held === undefined || this.#leftMs(held) <= 0) this.options.onFailure?.(error);
      throw error;
    }
  }
}
