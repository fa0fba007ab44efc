import type { Connection } from '../../core/connection/connection.js';
import type { RetryListener } from '../../core/async/retry.js';
import type { listPage, ObjectEntry } from '../../core/storage/listing.js';

/** What is loaded with the first page. */
export interface PageParts {
  readonly listPage: typeof listPage;
}

/** Where pages come from and which they are. */
export interface PagesOptions {
  readonly bucket: string;
  readonly prefix: string;
  readonly connection: () => Promise<Connection>;
  readonly load: () => Promise<PageParts>;
  readonly pageSize: () => number;
  /** Aborted when nothing that was listed is wanted any more. */
  readonly signal: AbortSignal;
}

/** An answer that was on its way has come within this time. */
const answerMs = 300;

/** What has been listed of one folder so far. Pages are asked for one at a time and kept. */
export class FolderPages {
  #prefixes: string[] = [];
  #objects: ObjectEntry[] = [];
  #continuationToken: string | undefined;
  #started = false;
  #loading: Promise<void> | undefined;
  #failure: unknown;
  #isDisposed = false;
  readonly #abort = new AbortController();

  constructor(private readonly options: PagesOptions) {}

  get isWanted(): boolean {
    return !this.#isDisposed && !this.options.signal.aborted;
  }

  /** Calls off what is under way. An answer that is coming in may come: its connection is of use again. */
  dispose(): void {
    this.#isDisposed = true;
    setTimeout(() => {
      this.#abort.abort();
    }, answerMs);
  }

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

  /** Takes in what was uploaded meanwhile: all that is listed then, in its order. */
  replace({ prefixes, objects }: Partial<Pick<FolderPages, 'prefixes' | 'objects'>>): void {
    if (prefixes !== undefined) this.#prefixes = [...prefixes];
    if (objects !== undefined) this.#objects = [...objects];
  }

  async #load(onRetry: RetryListener): Promise<void> {
    const { bucket, prefix, pageSize, load } = this.options;
    const signal = AbortSignal.any([this.options.signal, this.#abort.signal]);
    const { listPage } = await load();
    const connection = await this.options.connection();
    const continuationToken = this.#continuationToken;
    const page = await connection.tellingRetries(onRetry, () =>
      listPage(connection, { bucket, prefix, pageSize: pageSize(), continuationToken, signal }),
    );
    this.#started = true;
    this.#failure = undefined;
    this.#continuationToken = page.continuationToken;
    // What was uploaded since the page before may be listed again in this one; VS Code shows no two rows of one ID.
    const known = new Set(this.#objects.map(({ key }) => key));
    this.#objects.push(...page.objects.filter(({ key }) => isFirst(known, key)));
    const knownPrefixes = new Set(this.#prefixes);
    this.#prefixes.push(...page.prefixes.filter((listed) => isFirst(knownPrefixes, listed)));
  }
}

function isFirst(known: Set<string>, text: string): boolean {
  const isNew = !known.has(text);
  known.add(text);
  return isNew;
}
