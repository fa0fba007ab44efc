import type { Connection } from '../../core/connection/connection.js';
import type { RetryListener } from '../../core/connection/requests/retry.js';
import type { ObjectEntry } from '../../core/storage/listing.js';

/** Where pages come from and which they are. */
export interface PagesOptions {
  readonly bucket: string;
  readonly prefix: string;
  readonly connection: () => Promise<Connection>;
  readonly pageSize: () => number;
  readonly signal: AbortSignal;
}

/** What has been listed of one folder so far. Pages are asked for one at a time and kept. */
export class FolderPages {
  #prefixes: string[] = [];
  #objects: ObjectEntry[] = [];
  #continuationToken: string | undefined;
  #started = false;
  #loading: Promise<void> | undefined;
  #failure: unknown;

  constructor(private readonly options: PagesOptions) {}

  get prefixes(): readonly string[] {
    return this.#prefixes;
  }

  get objects(): readonly ObjectEntry[] {
    return this.#objects;
  }

  get hasMore(): boolean {
    return this.#continuationToken !== undefined;
  }

  /** Why the page after those that are there could not be had, until it can. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The first page, unless it is there. */
  async start(onRetry: RetryListener): Promise<void> {
    if (!this.#started) await this.loadNext(onRetry);
  }

  /** Like {@link loadNext}, but keeps a failure instead of throwing it. */
  async tryNext(onRetry: RetryListener): Promise<void> {
    try {
      await this.loadNext(onRetry);
    } catch (error) {
      this.#failure = error;
    }
  }

  /** The page after those that are there, if there is one. Calls that come while one is under way wait for that one. */
  loadNext(onRetry: RetryListener): Promise<void> {
    if (this.#started && !this.hasMore) return Promise.resolve();
    this.#loading ??= this.#load(onRetry).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Takes in an object that was uploaded meanwhile. */
  addObject(entry: ObjectEntry): void {
    this.#objects = insertSorted(
      this.#objects.filter(({ key }) => key !== entry.key),
      { item: entry, text: ({ key }) => key },
    );
  }

  addPrefix(prefix: string): void {
    if (!this.#prefixes.includes(prefix))
      this.#prefixes = insertSorted(this.#prefixes, { item: prefix, text: (text) => text });
  }

  async #load(onRetry: RetryListener): Promise<void> {
    const { bucket, prefix, pageSize, signal } = this.options;
    const { listPage } = await import('../lazy.js');
    const connection = await this.options.connection();
    const continuationToken = this.#continuationToken;
    const page = await connection.tellingRetries(onRetry, () =>
      listPage(connection, { bucket, prefix, pageSize: pageSize(), continuationToken, signal }),
    );
    this.#started = true;
    this.#failure = undefined;
    this.#continuationToken = page.continuationToken;
    // What was uploaded since the page before may be listed again in this one.
    const known = new Set(this.#objects.map(({ key }) => key));
    this.#objects.push(...page.objects.filter(({ key }) => !known.has(key)));
    const knownPrefixes = new Set(this.#prefixes);
    this.#prefixes.push(...page.prefixes.filter((listed) => !knownPrefixes.has(listed)));
  }
}

/** Puts an item where S3 would list it: by the bytes of its UTF-8. */
function insertSorted<T>(
  items: readonly T[],
  { item, text }: { readonly item: T; readonly text: (item: T) => string },
): T[] {
  const bytes = Buffer.from(text(item), 'utf8');
  const next = items.findIndex((other) => Buffer.compare(Buffer.from(text(other), 'utf8'), bytes) > 0);
  return next === -1 ? [...items, item] : items.toSpliced(next, 0, item);
}
