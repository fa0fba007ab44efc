import type { Connection } from '../../core/connection/connection.js';
import type { RetryListener } from '../../core/async/retry.js';
import type { listPage } from '../../core/storage/listing.js';
import type { ObjectChange } from '../objectChanges.js';
import type { FolderRows } from '../rows/folderRows.js';
import {
  containerPrefix,
  type ContainerNode,
  type FolderNode,
  type Node,
  type ObjectNode,
} from '../rows/nodes.js';

/** Loaded with the first page. */
export interface PageParts {
  readonly FolderRows: typeof FolderRows;
  readonly listPage: typeof listPage;
}

export interface PagesOptions {
  readonly container: ContainerNode;
  /** Returns the only row object of a folder. */
  readonly folderRow: (prefix: string) => FolderNode;
  readonly connection: () => Promise<Connection>;
  readonly load: () => Promise<PageParts>;
  readonly pageSize: () => number;
  /** Aborted when nothing listed is needed any more. */
  readonly signal: AbortSignal;
}

/** An answer that is already on its way arrives within this time. */
const answerMs = 300;

/** What has been listed of a folder so far. Pages are requested one at a time and kept. */
export class FolderPages {
  #rows: FolderRows | undefined;
  #continuationToken: string | undefined;
  #started = false;
  #loading: Promise<Node | undefined> | undefined;
  #failure: unknown;
  #isDisposed = false;
  readonly #abort = new AbortController();

  constructor(private readonly options: PagesOptions) {}

  get isWanted(): boolean {
    return !this.#isDisposed && !this.options.signal.aborted;
  }

  /**
   * Cancels running requests. An answer that is already arriving may finish, which leaves its connection
   * reusable.
   */
  dispose(): void {
    this.#isDisposed = true;
    setTimeout(() => {
      this.#abort.abort();
    }, answerMs);
  }

  get container(): ContainerNode {
    return this.options.container;
  }

  /** All listed rows, followed by `end`. */
  list(end: readonly Node[]): Node[] {
    return this.#rows?.list(end) ?? [...end];
  }

  object(key: string): ObjectNode | undefined {
    return this.#rows?.object(key);
  }

  /** Applies changes to objects, and says whether any row differs afterwards. */
  apply(change: ObjectChange): boolean {
    return this.#rows?.apply(change) ?? false;
  }

  get hasMore(): boolean {
    return this.#continuationToken !== undefined;
  }

  /** Why the next page could not be loaded, until it can. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Whether another page exists and is not being loaded. */
  get canLoadNext(): boolean {
    return this.#loading === undefined && (!this.#started || this.hasMore);
  }

  /** Loads the first page, unless it is loaded. */
  async start(onRetry: RetryListener): Promise<void> {
    if (!this.#started) await this.loadNext(onRetry);
  }

  /** Like {@link loadNext}, but keeps a failure instead of throwing it. */
  async tryNext(onRetry: RetryListener): Promise<Node | undefined> {
    try {
      return await this.loadNext(onRetry);
    } catch (error) {
      this.#failure = error;
      return undefined;
    }
  }

  /**
   * Loads the next page, if there is one, and returns its first row. Calls during a running request wait for
   * it.
   */
  loadNext(onRetry: RetryListener): Promise<Node | undefined> {
    if (this.#started && !this.hasMore) return Promise.resolve(undefined);
    this.#loading ??= this.#load(onRetry).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(onRetry: RetryListener): Promise<Node | undefined> {
    const { container, folderRow, pageSize, load } = this.options;
    const { bucket } = container;
    const prefix = containerPrefix(container);
    const signal = AbortSignal.any([this.options.signal, this.#abort.signal]);
    const { FolderRows, listPage } = await load();
    this.#rows ??= new FolderRows(container, folderRow);
    const connection = await this.options.connection();
    const continuationToken = this.#continuationToken;
    const page = await connection.withRetryListener(onRetry, () =>
      listPage(connection, { bucket, prefix, pageSize: pageSize(), continuationToken, signal }),
    );
    this.#started = true;
    this.#failure = undefined;
    this.#continuationToken = page.continuationToken;
    return this.#rows.append(page);
  }
}
