import type { Memento } from 'vscode';
import { formatSource, type ConnectionSource } from '../core/connection/source.js';
import type { LinkKindId } from '../core/links/kinds.js';
import type { Link } from '../core/links/sign.js';
import type { LinkOptions } from '../core/links/target.js';

const keys = {
  source: 'source',
  expirySeconds: 'expirySeconds',
  destinations: 'destinations',
  addedBuckets: 'addedBuckets',
  clearHosts: 'clearHosts',
  recentLinks: 'recentLinks',
} as const;
const maxDestinations = 8;

/** A bucket and a folder in it: where an upload went, or what was added to the list. */
export interface Destination {
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
}

/** A link that was made: everything that makes another one, and nothing of the link itself. */
export interface RecentLink {
  readonly kind: LinkKindId;
  readonly bucket: string;
  readonly key: string;
  readonly options: LinkOptions;
  readonly expiresInSeconds: number;
  readonly source: ConnectionSource;
  /** By this machine's clock, as milliseconds of the epoch. */
  readonly madeAtMs: number;
  readonly endsAtMs: number;
  readonly limit: Link['limit'];
}

/** What is remembered on this machine between sessions. Never a link, a token or a key. */
export class Memory {
  constructor(
    /** Shared by all windows. */
    private readonly state: Memento,
    /** This window's own. */
    private readonly windowState: Memento,
  ) {}

  /** What was chosen in this window, else what was chosen last in any. */
  get source(): ConnectionSource | undefined {
    return (
      this.windowState.get<ConnectionSource>(keys.source) ?? this.state.get<ConnectionSource>(keys.source)
    );
  }

  async setSource(source: ConnectionSource): Promise<void> {
    await Promise.all([this.windowState.update(keys.source, source), this.state.update(keys.source, source)]);
  }

  /** Forgets a source that is no more, in this window and for windows to come. */
  async forgetSource(sourceId: string): Promise<void> {
    for (const state of [this.windowState, this.state]) {
      const source = state.get<ConnectionSource>(keys.source);
      if (source !== undefined && formatSource(source) === sourceId)
        await state.update(keys.source, undefined);
    }
    const others = Object.entries(this.#allDestinations()).filter(([id]) => id !== sourceId);
    await this.state.update(keys.destinations, Object.fromEntries(others));
    await this.#setAddedBuckets(sourceId, []);
  }

  /** Links that were made with any source, latest first. */
  get recentLinks(): readonly RecentLink[] {
    return this.state.get<readonly RecentLink[]>(keys.recentLinks, []);
  }

  async setRecentLinks(links: readonly RecentLink[]): Promise<void> {
    await this.state.update(keys.recentLinks, links);
  }

  /** Hosts that may be reached without encryption: the person was warned once. */
  get clearHosts(): readonly string[] {
    return this.state.get<readonly string[]>(keys.clearHosts, []);
  }

  async addClearHost(host: string): Promise<void> {
    await this.state.update(keys.clearHosts, [...this.clearHosts.filter((other) => other !== host), host]);
  }

  /** The expiry that was chosen last. */
  get expirySeconds(): number | undefined {
    return this.state.get<number>(keys.expirySeconds);
  }

  async setExpirySeconds(seconds: number): Promise<void> {
    await this.state.update(keys.expirySeconds, seconds);
  }

  /** Destinations used with a source, latest first. */
  destinations(sourceId: string): readonly Destination[] {
    return this.#allDestinations()[sourceId] ?? [];
  }

  async addDestination(sourceId: string, destination: Destination): Promise<void> {
    const others = this.destinations(sourceId).filter(
      ({ bucket, prefix }) => bucket !== destination.bucket || prefix !== destination.prefix,
    );
    const latest = [destination, ...others].slice(0, maxDestinations);
    await this.state.update(keys.destinations, { ...this.#allDestinations(), [sourceId]: latest });
  }

  /** Buckets and places in them that were added to the list of a source, in the order in which they were added. */
  addedBuckets(sourceId: string): readonly Destination[] {
    return this.#allAddedBuckets()[sourceId] ?? [];
  }

  async addBucket(sourceId: string, added: Destination): Promise<void> {
    await this.#setAddedBuckets(sourceId, [...this.#otherBuckets(sourceId, added), added]);
  }

  async removeBucket(sourceId: string, removed: Destination): Promise<void> {
    await this.#setAddedBuckets(sourceId, this.#otherBuckets(sourceId, removed));
  }

  #otherBuckets(sourceId: string, { bucket, prefix }: Destination): readonly Destination[] {
    return this.addedBuckets(sourceId).filter((other) => other.bucket !== bucket || other.prefix !== prefix);
  }

  async #setAddedBuckets(sourceId: string, buckets: readonly Destination[]): Promise<void> {
    await this.state.update(keys.addedBuckets, { ...this.#allAddedBuckets(), [sourceId]: buckets });
  }

  #allAddedBuckets(): Readonly<Record<string, readonly Destination[]>> {
    return this.state.get<Record<string, readonly Destination[]>>(keys.addedBuckets, {});
  }

  #allDestinations(): Readonly<Record<string, readonly Destination[]>> {
    return this.state.get<Record<string, readonly Destination[]>>(keys.destinations, {});
  }
}
