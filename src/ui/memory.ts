import type { Memento } from 'vscode';
import { formatSource, type ConnectionSource } from '../core/connection/source.js';
import type { LinkKindId } from '../core/links/kinds.js';
import type { Link } from '../core/links/sign.js';
import type { LinkOptions } from '../core/links/target.js';
import type { KeptChange } from './keptChanges.js';

/** A habit of the person's, on whatever machine. */
const expiryKey = 'expirySeconds';
const maxDestinations = 8;

/** A bucket and a folder in it: where an upload went, or what was added to the list. */
export interface Destination {
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
}

/** By the identifier of the source that they belong to. */
type Destinations = Readonly<Record<string, readonly Destination[]>>;

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

export interface MemoryOptions {
  /** Shared by all windows, those into other machines included. */
  readonly state: Memento;
  /** This window's own. */
  readonly windowState: Memento;
  /** Names the machine that a window leads to; empty for the one that the editor runs on. */
  readonly machine: string;
}

/** What is remembered between sessions, of each machine by itself. Never a link, a token or a key. */
export class Memory {
  readonly #state: Memento;
  readonly #windowState: Memento;
  readonly #machine: string;
  readonly #recent: KeptChange[] = [];

  constructor({ state, windowState, machine }: MemoryOptions) {
    this.#state = state;
    this.#windowState = windowState;
    this.#machine = machine;
  }

  /** VS Code keeps the state of all machines where its window is. */
  #key(name: 'source' | 'destinations' | 'addedBuckets' | 'clearHosts' | 'recentLinks'): string {
    return this.#machine === '' ? name : `${name}@${this.#machine}`;
  }

  /** What was chosen in this window, else what was chosen last in any. */
  get source(): ConnectionSource | undefined {
    return (
      this.#windowState.get<ConnectionSource>(this.#key('source')) ??
      this.#state.get<ConnectionSource>(this.#key('source'))
    );
  }

  async setSource(source: ConnectionSource): Promise<void> {
    await Promise.all([
      this.#windowState.update(this.#key('source'), source),
      this.#state.update(this.#key('source'), source),
    ]);
  }

  /** Forgets a source that is no more, in this window and for windows to come. */
  async forgetSource(sourceId: string): Promise<void> {
    for (const state of [this.#windowState, this.#state]) {
      const source = state.get<ConnectionSource>(this.#key('source'));
      if (source !== undefined && formatSource(source) === sourceId)
        await state.update(this.#key('source'), undefined);
    }
    const others = Object.entries(this.#allDestinations()).filter(([id]) => id !== sourceId);
    await this.#state.update(this.#key('destinations'), Object.fromEntries(others));
    await this.#changeBuckets(sourceId, () => []);
  }

  /** Links that were made with any source, latest first. */
  get recentLinks(): readonly RecentLink[] {
    return this.#state.get<readonly RecentLink[]>(this.#key('recentLinks'), []);
  }

  /** The change may be made several times, see {@link KeptChange}. */
  changeRecentLinks(change: (links: readonly RecentLink[]) => readonly RecentLink[]): Promise<void> {
    return this.#change<readonly RecentLink[]>('recentLinks', (links = []) => change(links));
  }

  /** Hosts that may be reached without encryption: the person was warned once. */
  get clearHosts(): readonly string[] {
    return this.#state.get<readonly string[]>(this.#key('clearHosts'), []);
  }

  async addClearHost(host: string): Promise<void> {
    await this.#state.update(this.#key('clearHosts'), [
      ...this.clearHosts.filter((other) => other !== host),
      host,
    ]);
  }

  /** The expiry that was chosen last. */
  get expirySeconds(): number | undefined {
    return this.#state.get<number>(expiryKey);
  }

  async setExpirySeconds(seconds: number): Promise<void> {
    await this.#state.update(expiryKey, seconds);
  }

  /** Destinations used with a source, latest first. */
  destinations(sourceId: string): readonly Destination[] {
    return this.#allDestinations()[sourceId] ?? [];
  }

  async addDestination(sourceId: string, destination: Destination): Promise<void> {
    const others = without(destination, this.destinations(sourceId));
    const latest = [destination, ...others].slice(0, maxDestinations);
    await this.#state.update(this.#key('destinations'), { ...this.#allDestinations(), [sourceId]: latest });
  }

  /** Buckets and places in them that were added to the list of a source, in the order in which they were added. */
  addedBuckets(sourceId: string): readonly Destination[] {
    return this.#allAddedBuckets()[sourceId] ?? [];
  }

  async addBucket(sourceId: string, added: Destination): Promise<void> {
    await this.#changeBuckets(sourceId, (buckets) =>
      without(added, buckets).length < buckets.length ? buckets : [...buckets, added],
    );
  }

  async removeBucket(sourceId: string, removed: Destination): Promise<void> {
    await this.#changeBuckets(sourceId, (buckets) => without(removed, buckets));
  }

  #changeBuckets(
    sourceId: string,
    change: (buckets: readonly Destination[]) => readonly Destination[],
  ): Promise<void> {
    return this.#change<Destinations>('addedBuckets', (all = {}) => ({
      ...all,
      [sourceId]: change(all[sourceId] ?? []),
    }));
  }

  /** For what must not be lost when another window stores something at the same moment. */
  async #change<T extends object>(
    name: 'addedBuckets' | 'recentLinks',
    change: (value: T | undefined) => T,
  ): Promise<void> {
    const { changeKept } = await import('./keptChanges.js');
    const kept = { key: this.#key(name), change: change as KeptChange['change'] };
    await changeKept(this.#state, this.#recent, kept);
  }

  #allAddedBuckets(): Destinations {
    return this.#state.get<Destinations>(this.#key('addedBuckets'), {});
  }

  #allDestinations(): Destinations {
    return this.#state.get<Destinations>(this.#key('destinations'), {});
  }
}

function without({ bucket, prefix }: Destination, places: readonly Destination[]): readonly Destination[] {
  return places.filter((other) => other.bucket !== bucket || other.prefix !== prefix);
}
