import { EventEmitter, type Disposable } from 'vscode';
import { isCancelled } from '../../core/async/cancelled.js';
import { abortable } from '../../core/async/abortable.js';
import type { Explanation } from '../../core/failures/message.js';
import type { RetryListener } from '../../core/async/retry.js';
import type { Location } from '../../core/storage/location.js';
import { NoSourceError } from '../connection/session.js';
import type { ObjectChange } from '../objectChanges.js';
import { pageSize } from '../settings.js';
import type { BucketList, BucketListOptions, loadBucketList } from './bucketList.js';
import { FolderPages, type PageParts } from './folderPages.js';
import {
  containerPrefix,
  folderId,
  folderIn,
  isContainer,
  nodeId,
  rootOf,
  type ContainerNode,
  type Node,
  type ObjectNode,
  type ProblemNode,
} from '../rows/nodes.js';
import { ItemCache } from '../rows/itemCache.js';
import { parentOf } from './parents.js';
import { RetryRows } from './retryRows.js';
import type { tooltipOf } from './tooltip.js';
import type { toTreeItem } from './treeItem.js';
import { setWelcome } from './welcome.js';
import type { TreeDataProvider, TreeItem } from '../messages/safeVscode.js';

/** Loaded when the view is first shown. */
export interface TreeParts extends PageParts {
  readonly loadBucketList: typeof loadBucketList;
  readonly toTreeItem: typeof toTreeItem;
  readonly tooltipOf: typeof tooltipOf;
}

export interface BucketTreeOptions extends BucketListOptions {
  readonly load: () => Promise<TreeParts>;
  /** Logs a failure and returns the text of its row. */
  readonly explainProblem: (error: unknown) => Promise<Explanation>;
}

/** Buckets, folders and objects of the session's connection. A failure becomes a row under what failed. */
export class BucketTree implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  /** VS Code identifies a row by its object, so each container has exactly one. */
  readonly #containers = new Map<string, ContainerNode>();
  readonly #pages = new Map<string, FolderPages>();
  readonly #subscription: Disposable;
  /**
   * VS Code requests every row of a folder again with each of its pages. Keeping the items draws a row once.
   */
  readonly #items = new ItemCache<Node, TreeItem>();
  #list: BucketList | undefined;
  /** The rows of the list, unless they have to be requested. */
  #buckets: readonly Node[] | undefined;
  #requests = new AbortController();
  readonly #retries = new RetryRows((container) => {
    this.#changed.fire(container === undefined ? undefined : this.#intern(container));
  });

  constructor(private readonly options: BucketTreeOptions) {
    this.#subscription = options.session.onDidChange(() => {
      this.refresh();
    });
  }

  getTreeItem(node: Node): TreeItem | Promise<TreeItem> {
    return this.#items.get(node) ?? this.#draw(node);
  }

  async resolveTreeItem(item: TreeItem, node: Node): Promise<TreeItem> {
    item.tooltip ??= (await this.options.load()).tooltipOf(node);
    return item;
  }

  getParent(node: Node): Node | undefined {
    const parent = parentOf(node);
    return parent === undefined ? undefined : this.#intern(parent);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined && !isContainer(node)) return [];
    return this.#retries.rows(node, (onRetry) => this.#listChildren(node, onRetry));
  }

  async #listChildren(node: ContainerNode | undefined, onRetry: RetryListener): Promise<Node[]> {
    const { signal } = this.#requests;
    const pages = node === undefined ? undefined : this.#pagesOf(node);
    const isWanted = () => pages?.isWanted ?? !signal.aborted;
    const listing = node === undefined ? this.#listBuckets(signal, onRetry) : this.#listFolder(node, onRetry);
    let children: Node[] = [];
    try {
      // VS Code shows no other row of the view while it waits for one, even if that one is out of date.
      children = await abortable(listing, signal);
    } catch (error) {
      if (isWanted()) return this.#toProblem(error, node);
    }
    if (isWanted()) return children;
    // After a profile change or a full refresh, VS Code has already asked again. After a refresh of this
    // container, it still waits for an answer.
    return signal.aborted ? [] : this.#listChildren(node, onRetry);
  }

  /** Forgets what was listed under a row, or everything, and lists it again. */
  refresh(node?: ContainerNode): void {
    if (node === undefined) {
      this.#retries.clear();
      this.#requests.abort();
      this.#requests = new AbortController();
      this.#buckets = undefined;
      this.#pages.clear();
      this.#containers.clear();
      this.#changed.fire(undefined);
      return;
    }
    const id = nodeId(node);
    const below = folderId({ bucket: node.bucket, prefix: containerPrefix(node), root: rootOf(node) });
    for (const [known, pages] of this.#pages) {
      if (known !== id && !known.startsWith(below)) continue;
      pages.dispose();
      this.#pages.delete(known);
    }
    // VS Code drops the rows it is waiting for when a change is reported, and some versions do not ask again.
    if (this.#retries.isAwaited(node)) return;
    this.#retries.clear();
    this.#changed.fire(this.#intern(node));
  }

  /**
   * Appends the next page to a folder that has one, and returns its first row. A failure becomes the folder's
   * last row. A second Enter changes nothing: VS Code 1.104 can fail to redraw a folder while it reveals one of its
   * rows.
   */
  async loadMore(node: ContainerNode): Promise<Node | undefined> {
    const container = this.#intern(node);
    const pages = this.#pagesOf(container);
    if (!pages.canLoadNext) return undefined;
    const first = await this.#retries.nextPage(container, (onRetry) => pages.tryNext(onRetry));
    // A refresh cancelled it and lists again.
    if (!pages.isWanted) return undefined;
    this.#changed.fire(container);
    return first;
  }

  /** Retries what failed, keeping the pages already listed. */
  async retry({ container }: ProblemNode): Promise<void> {
    const pages = container === undefined ? undefined : this.#pages.get(nodeId(container));
    if (container !== undefined && pages?.failure !== undefined) await this.loadMore(container);
    else this.refresh(container);
  }

  /** Applies changes of objects to the listed rows. */
  apply(change: ObjectChange): void {
    for (const pages of this.#pages.values()) {
      const { container } = pages;
      // Like a refresh, a change event would make VS Code drop the rows it is waiting for.
      if (pages.apply(change) && !this.#retries.isAwaited(container))
        this.#changed.fire(this.#intern(container));
    }
  }

  /** The listed rows of an object, which may appear under several rows of its bucket. */
  rowsOf({ bucket, key }: Location): readonly ObjectNode[] {
    return [...this.#pages.values()]
      .filter(({ container }) => container.bucket === bucket)
      .flatMap((pages) => pages.object(key) ?? []);
  }

  dispose(): void {
    this.#requests.abort();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #draw(node: Node): Promise<TreeItem> {
    const list = this.#list;
    const { toTreeItem } = await this.options.load();
    const shown =
      node.kind === 'bucket' ? { ...node, region: node.region ?? list?.regionOf(node.bucket) } : node;
    const item = toTreeItem(shown, list?.sourceId ?? '');
    if (list === this.#list && (node.kind === 'folder' || node.kind === 'object'))
      this.#items.set(node, item);
    return item;
  }

  async #listBuckets(signal: AbortSignal, onRetry: RetryListener): Promise<Node[]> {
    if (this.#buckets !== undefined) return [...this.#buckets];
    const { loadBucketList } = await this.options.load();
    const list = await loadBucketList(this.options, { signal, onRetry });
    signal.throwIfAborted();
    this.#list = list;
    this.#items.clear();
    for (const row of list.rows) this.#containers.set(nodeId(row), row);
    const onLearnt = (row: Node) => {
      this.#changed.fire(row);
    };
    void list.learnRegions({ signal, onLearnt });
    if (list.failure !== undefined) {
      const problem = await this.#problem(list.failure, undefined);
      return [...list.rows, { ...problem, ...list.explainUnlisted() }];
    }
    this.#buckets = list.rows;
    return [...list.rows];
  }

  async #listFolder(container: ContainerNode, onRetry: RetryListener): Promise<Node[]> {
    const pages = this.#pagesOf(container);
    await pages.start(onRetry);
    return pages.list(await this.#lastRow(container, pages));
  }

  async #lastRow(container: ContainerNode, pages: FolderPages): Promise<readonly Node[]> {
    const waiting = this.#retries.lastRow(container);
    if (waiting !== undefined) return [waiting];
    if (pages.failure !== undefined) return [await this.#problem(pages.failure, container)];
    return pages.hasMore ? [{ kind: 'more', container }] : [];
  }

  #pagesOf(container: ContainerNode): FolderPages {
    const id = nodeId(container);
    const known = this.#pages.get(id);
    if (known !== undefined) return known;
    const pages = new FolderPages({
      container,
      folderRow: (prefix) => this.#intern(folderIn(container, prefix)),
      connection: () => this.options.session.connection(),
      load: this.options.load,
      pageSize,
      signal: this.#requests.signal,
    });
    this.#pages.set(id, pages);
    return pages;
  }

  #intern<T extends ContainerNode>(node: T): T {
    const id = nodeId(node);
    const known = this.#containers.get(id);
    // The id begins with the kind, so a node with the same id has the same type.
    if (known !== undefined) return known as T;
    this.#containers.set(id, node);
    return node;
  }

  async #toProblem(error: unknown, container: ContainerNode | undefined): Promise<Node[]> {
    if (error instanceof NoSourceError) {
      await setWelcome(error.hasProfiles ? 'noChoice' : 'noProfiles');
      return [];
    }
    return [await this.#problem(error, container)];
  }

  async #problem(error: unknown, container: ContainerNode | undefined): Promise<ProblemNode> {
    const explanation = isCancelled(error) ? cancelled : await this.options.explainProblem(error);
    return { kind: 'problem', container, ...explanation };
  }
}

/** The user pressed Esc when asked for a code. */
const cancelled: Explanation = {
  message: { text: 'No MFA code was entered, so nothing is listed.' },
  remedy: 'retry',
};
