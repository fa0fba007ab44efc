import { abortable } from '../../async/abortable.js';

/** How much of a body has arrived, and what it has been unpacked to so far. */
export interface UnpackedSizes {
  readonly receivedBytes: number;
  readonly unpackedBytes: number;
}

/** What to do with a body that is unpacked to far more than was sent. */
export type UnpackAnswer = 'continue' | 'saveAsSent' | 'stop';

export interface UnpackLimits {
  /** Below this, the user is not asked. */
  readonly minBytes: number;
  /** The largest ratio of unpacked to received bytes. */
  readonly maxTimes: number;
  /** The largest difference between unpacked and received bytes. */
  readonly maxBytes: number;
  /** How much may arrive of a body whose size was not announced. */
  readonly unannouncedBytes: number;
}

/** Text and logs shrink to a fifth or a twentieth; a few bytes of `gzip` can hold a thousand times as much. */
const defaultUnpackLimits: UnpackLimits = {
  minBytes: 100 * 1024 ** 2,
  maxTimes: 100,
  maxBytes: 10 * 1024 ** 3,
  unannouncedBytes: 1024 ** 3,
};

export interface GuardOptions {
  readonly signal: AbortSignal;
  readonly unpackLimits?: UnpackLimits;
  /**
   * Called when the limits are exceeded, and again at ten times the size. Without it, the object is saved as
   * it is sent.
   */
  readonly onFarLarger?: (sizes: UnpackedSizes) => Promise<UnpackAnswer>;
  /**
   * Called when a body of unannounced size exceeds its limit, and again at ten times the size. Without it,
   * the download stops.
   */
  readonly onUnannounced?: (receivedBytes: number) => Promise<'continue' | 'stop'>;
}

/** Ends an attempt, so that the body is requested again and saved without unpacking. */
export class SaveAsSent extends Error {
  override readonly name = 'SaveAsSent';
}

/**
 * Keeps a body from filling the disk because it unpacks to too much or never ends. One for all attempts of a
 * download.
 */
export class UnpackGuard {
  #askedAtBytes = 0;
  #askedUnannouncedAtBytes = 0;

  constructor(private readonly options: GuardOptions) {}

  /** @throws SaveAsSent; an AbortError after `stop` */
  async check(sizes: UnpackedSizes): Promise<void> {
    const { signal, onFarLarger, unpackLimits = defaultUnpackLimits } = this.options;
    if (!this.#isFarLarger(sizes, unpackLimits)) return;
    this.#askedAtBytes = sizes.unpackedBytes;
    const answer = onFarLarger === undefined ? 'saveAsSent' : await abortable(onFarLarger(sizes), signal);
    switch (answer) {
      case 'continue':
        return;
      case 'saveAsSent':
        throw new SaveAsSent();
      case 'stop':
        throw stopped();
    }
  }

  /** For a body whose size was not announced. @throws an AbortError after `stop` */
  async checkUnannounced(receivedBytes: number): Promise<void> {
    const { signal, onUnannounced, unpackLimits = defaultUnpackLimits } = this.options;
    if (receivedBytes <= Math.max(unpackLimits.unannouncedBytes, this.#askedUnannouncedAtBytes * 10)) return;
    this.#askedUnannouncedAtBytes = receivedBytes;
    const answer = onUnannounced && (await abortable(onUnannounced(receivedBytes), signal));
    if (answer !== 'continue') throw stopped();
  }

  #isFarLarger({ receivedBytes, unpackedBytes }: UnpackedSizes, limits: UnpackLimits): boolean {
    if (unpackedBytes <= Math.max(limits.minBytes, this.#askedAtBytes * 10)) return false;
    return unpackedBytes > receivedBytes * limits.maxTimes || unpackedBytes > receivedBytes + limits.maxBytes;
  }
}

function stopped(): DOMException {
  return new DOMException('The download was stopped.', 'AbortError');
}
