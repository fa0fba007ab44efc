import type { Memento } from 'vscode';
import { formatSource, type ConnectionSource } from '../core/connection/profiles/source.js';
import type { LinkKindId } from '../core/links/kinds.js';
import type { Link } from '../core/links/sign.js';
import type { LinkOptions } from '../core/links/target.js';
import { isRecord } from '../core/text/own.js';
import { changeState, type StateChange } from './stateChanges.js';
import { hasShape, isText, listOf } from './stored.js';

/** Not kept per machine: it is the user's habit. */
const expiryKey = 'expirySeconds';
const maxDestinations = 8;

/** A bucket and a folder in it: where an upload went, or what the user added to the list. */
export interface Destination {
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
}

/** By the identifier of their source. */
type Destinations = Readonly<Record<string, readonly Destination[]>>;

const isDestination = hasShape<Destination>({ bucket: isText, prefix: isText });

function readDestinations(value: unknown): Destinations {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([id, places]) => [id, listOf(places, isDestination)]));
}

/** A link that was made: everything needed to make it again, and nothing of the link itself. */
export interface RecentLink {
  readonly kind: LinkKindId;
  readonly bucket: string;
  readonly key: string;
  readonly options: LinkOptions;
  readonly expiresInSeconds: number;
  readonly source: ConnectionSource;
  /** By this machine's clock, in milliseconds since the epoch. */
  readonly madeAtMs: number;
  readonly endsAtMs: number;
  readonly limit: Link['limit'];
}

const isRecentLink = hasShape<RecentLink>({
  kind: isText,
  bucket: isText,
  key: isText,
  options: isRecord,
  expiresInSeconds: isSeconds,
  source: isSource,
  madeAtMs: isMoment,
  endsAtMs: isMoment,
  limit: isText,
});

function isSource(value: unknown): value is ConnectionSource {
  if (!isRecord(value)) return false;
  const { kind, name, id } = value;
  return (
    kind === 'environment' || (kind === 'profile' && isText(name)) || (kind === 'connection' && isText(id))
  );
}

function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** Not every number is a date. */
function isMoment(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
}

export interface MemoryOptions {
  /** Shared by all windows, including those that lead to other machines. */
  readonly state: Memento;
  /** Belongs to this window. */
  readonly windowState: Memento;
  /** The machine that a window leads to; empty for the one that the editor runs on. */
  readonly machine: string;
}

/** What Signpost remembers between sessions, per machine. Never a link, a token or a key. */
export class Memory {
  readonly #state: Memento;
  readonly #windowState: Memento;
  readonly #machine: string;
  readonly #recent: StateChange[] = [];

  constructor({ state, windowState, machine }: MemoryOptions) {
    this.#state = state;
    this.#windowState = windowState;
    this.#machine = machine;
  }

  /** VS Code keeps the state of all machines where the window runs. */
  #key(name: 'source' | 'destinations' | 'addedBuckets' | 'clearHosts' | 'recentLinks'): string {
    return this.#machine === '' ? name : `${name}@${this.#machine}`;
  }

  /** The last choice in this window, else the last choice in any window. */
  get source(): ConnectionSource | undefined {
    return this.#sourceIn(this.#windowState) ?? this.#sourceIn(this.#state);
  }

  async setSource(source: ConnectionSource): Promise<void> {
    await Promise.all([
      this.#windowState.update(this.#key('source'), source),
      this.#state.update(this.#key('source'), source),
    ]);
  }

  /** Forgets a removed source, in this window and for later ones. */
  async forgetSource(sourceId: string): Promise<void> {
    for (const state of [this.#windowState, this.#state]) {
      const source = this.#sourceIn(state);
      if (source !== undefined && formatSource(source) === sourceId)
        await state.update(this.#key('source'), undefined);
    }
    const others = Object.entries(this.#allDestinations()).filter(([id]) => id !== sourceId);
    await this.#state.update(this.#key('destinations'), Object.fromEntries(others));
    await this.#changeBuckets(sourceId, () => []);
  }

  #sourceIn(state: Memento): ConnectionSource | undefined {
    const source = state.get<unknown>(this.#key('source'));
    return isSource(source) ? source : undefined;
  }

  /** Links made with any source, latest first. */
  get recentLinks(): readonly RecentLink[] {
    return listOf(this.#state.get(this.#key('recentLinks')), isRecentLink);
  }

  /** Whether there is anything to clear, including entries that cannot be read. */
  get hasRecentLinks(): boolean {
    const stored = this.#state.get<unknown>(this.#key('recentLinks'), []);
    return !Array.isArray(stored) || stored.length > 0;
  }

  /** The change may be applied several times, see {@link StateChange}. */
  changeRecentLinks(change: (links: readonly RecentLink[]) => readonly RecentLink[]): Promise<void> {
    return this.#change('recentLinks', (links) => change(listOf(links, isRecentLink)));
  }

  /** Hosts that may be reached without encryption: the user confirmed a warning. */
  get clearHosts(): readonly string[] {
    return listOf(this.#state.get(this.#key('clearHosts')), isText);
  }

  async addClearHost(host: string): Promise<void> {
    await this.#state.update(this.#key('clearHosts'), [
      ...this.clearHosts.filter((other) => other !== host),
      host,
    ]);
  }

  /** The expiry chosen last. */
  get expirySeconds(): number | undefined {
    const seconds = this.#state.get<unknown>(expiryKey);
    return isSeconds(seconds) ? seconds : undefined;
  }

  async setExpirySeconds(seconds: number | undefined): Promise<void> {
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

  /** Buckets and prefixes that were added to the list of a source, in the order of adding. */
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
    return this.#change('addedBuckets', (stored) => {
      const all = readDestinations(stored);
      return { ...all, [sourceId]: change(all[sourceId] ?? []) };
    });
  }

  /** For values that must survive a write by another window at the same time. */
  async #change(name: 'addedBuckets' | 'recentLinks', change: StateChange['change']): Promise<void> {
    await changeState(this.#state, this.#recent, { key: this.#key(name), change });
  }

  #allAddedBuckets(): Destinations {
    return readDestinations(this.#state.get(this.#key('addedBuckets')));
  }

  #allDestinations(): Destinations {
    return readDestinations(this.#state.get(this.#key('destinations')));
  }
}

function without({ bucket, prefix }: Destination, places: readonly Destination[]): readonly Destination[] {
  return places.filter((other) => other.bucket !== bucket || other.prefix !== prefix);
}
