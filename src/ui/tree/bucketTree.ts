import { commands, EventEmitter, type Disposable } from 'vscode';
import { isCancelled } from '../../core/async/cancelled.js';
import { orAborted } from '../../core/async/orAborted.js';
import type { Explanation } from '../../core/failures/message.js';
import { formatSource, type ConnectionSource } from '../../core/connection/profiles/source.js';
import type { RetryListener } from '../../core/async/retry.js';
import { contextKeys, type Welcome } from '../ids.js';
import type { Session } from '../connection/session.js';
import { NoSourceError } from '../connection/session.js';
import { pageSize } from '../settings.js';
import type { AddedPlace, explainUnlisted, learnRegions, listBucketRows } from './bucketRows.js';
import { FolderPages, type PageParts } from './folderPages.js';
import {
  containerPrefix,
  folderId,
  folderIn,
  isContainer,
  nodeId,
  objectIn,
  rootOf,
  type BucketNode,
  type ContainerNode,
  type Node,
  type ProblemNode,
} from '../rows/nodes.js';
import { parentOf } from './parents.js';
import { RetryRows } from './retryRows.js';
import type { tooltipOf } from './tooltip.js';
import type { toTreeItem } from './treeItem.js';
import type { TreeDataProvider, TreeItem } from '../messages/door.js';

/** What is loaded when the view is first shown. */
export interface TreeParts extends PageParts {
  readonly listBucketRows: typeof listBucketRows;
  readonly explainUnlisted: typeof explainUnlisted;
  readonly learnRegions: typeof learnRegions;
  readonly toTreeItem: typeof toTreeItem;
  readonly tooltipOf: typeof tooltipOf;
}

export interface BucketTreeOptions {
  readonly session: Session;
  readonly load: () => Promise<TreeParts>;
  /** Told whose buckets are listed. */
  readonly onSource: (source: ConnectionSource | undefined) => void;
  /** What was added to the list of a source. */
  readonly addedBuckets: (sourceId: string) => readonly AddedPlace[];
  /** Logs a failure and says what its row shall say. */
  readonly tellProblem: (error: unknown) => Promise<Explanation>;
}

/** Buckets, folders and objects of the session's connection. A failure becomes a row under what failed. */
export class BucketTree implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  /** VS Code finds a row again by the object that it was given, so each container has one object. */
  readonly #containers = new Map<string, ContainerNode>();
  readonly #pages = new Map<string, FolderPages>();
  readonly #subscription: Disposable;
  #buckets: readonly BucketNode[] | undefined;
  /** The rows of buckets, also where some of them could not be listed. */
  #rows: readonly BucketNode[] = [];
  #regionOf: (bucket: string) => string | undefined = () => undefined;
  #scope = '';
  #requests = new AbortController();
  readonly #retries = new RetryRows((container) => {
    this.#changed.fire(container === undefined ? undefined : this.#intern(container));
  });

  constructor(private readonly options: BucketTreeOptions) {
    this.#subscription = options.session.onDidChange(() => {
      this.refresh();
    });
  }

  async getTreeItem(node: Node): Promise<TreeItem> {
    const scope = this.#scope;
    const { toTreeItem } = await this.options.load();
    const shown =
      node.kind === 'bucket' ? { ...node, region: node.region ?? this.#regionOf(node.bucket) } : node;
    return toTreeItem(shown, scope);
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
      // VS Code shows no other row of the view while it waits for one that is not wanted any more.
      children = await orAborted(listing, signal);
    } catch (error) {
      if (isWanted()) return this.#toProblem(error, node);
    }
    if (isWanted()) return children;
    // Another profile or a refresh of all has made this answer worthless, and VS Code has asked again. Where this container
    // was refreshed it still waits.
    return signal.aborted ? [] : this.#listChildren(node, onRetry);
  }

  /** Forgets what was listed under a row, or everything, and asks again. */
  refresh(node?: ContainerNode): void {
    if (node === undefined) {
      this.#retries.clear();
      this.#requests.abort();
      this.#requests = new AbortController();
      this.#buckets = undefined;
      this.#pages.clear();
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
    // VS Code drops the rows that it waits for when it is told of a change, and some versions do not ask again.
    if (this.#retries.isAwaited(node)) return;
    this.#retries.clear();
    this.#changed.fire(this.#intern(node));
  }

  /** Appends the following page to a folder that has one, and gives its first row. A failure becomes the folder's last row. */
  async loadMore(node: ContainerNode): Promise<Node | undefined> {
    const container = this.#intern(node);
    const pages = this.#pagesOf(container);
    const listed = { objects: pages.objects.length, prefixes: pages.prefixes.length };
    await this.#retries.nextPage(container, (onRetry) => pages.tryNext(onRetry));
    // Whoever called it off has asked again.
    if (!pages.isWanted) return undefined;
    this.#changed.fire(container);
    const entry = pages.objects[listed.objects];
    if (entry !== undefined) return objectIn(container, entry);
    const prefix = pages.prefixes[listed.prefixes];
    return prefix === undefined ? undefined : this.#intern(folderIn(container, prefix));
  }

  /** Asks again for what failed, keeping the pages that are there. */
  async retry({ container }: ProblemNode): Promise<void> {
    const pages = container === undefined ? undefined : this.#pages.get(nodeId(container));
    if (container !== undefined && pages?.failure !== undefined) await this.loadMore(container);
    else this.refresh(container);
  }

  /** The containers of a key from the bucket down, as far as they have been listed. */
  listedContainers(
    path: readonly ContainerNode[],
  ): readonly { readonly node: ContainerNode; readonly pages: FolderPages }[] {
    return path.flatMap((node) => {
      const pages = this.#pages.get(nodeId(node));
      return pages === undefined ? [] : [{ node: this.#intern(node), pages }];
    });
  }

  /** Under which rows of a bucket a key is shown: the prefixes at which they begin, undefined for the bucket's own. */
  rootsOf(bucket: string, key: string): readonly (string | undefined)[] {
    return this.#rows
      .filter((row) => row.bucket === bucket && key.startsWith(containerPrefix(row)))
      .map(({ prefix }) => prefix);
  }

  /** Shows what was put into a container's pages. */
  update(node: ContainerNode): void {
    this.#changed.fire(this.#intern(node));
  }

  dispose(): void {
    this.#requests.abort();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #listBuckets(signal: AbortSignal, onRetry: RetryListener): Promise<Node[]> {
    if (this.#buckets !== undefined) return [...this.#buckets];
    await setWelcome('none');
    this.options.onSource(await this.options.session.source());
    const connection = await this.options.session.connection();
    const scope = formatSource(connection.source);
    const added = this.options.addedBuckets(scope);
    const { explainUnlisted, learnRegions, listBucketRows } = await this.options.load();
    const { rows, failure } = await connection.tellingRetries(onRetry, () =>
      listBucketRows(connection, { added, signal }),
    );
    this.#scope = scope;
    this.#containers.clear();
    this.#rows = rows.map((row) => this.#intern(row));
    this.#regionOf = (bucket) => connection.knownRegion(bucket);
    // Who pressed Esc at the code is not asked a second time.
    if (!isCancelled(failure))
      void learnRegions(connection, {
        rows: this.#rows,
        signal,
        onLearnt: (row) => {
          this.#changed.fire(row);
        },
      });
    if (failure !== undefined) {
      const problem = await this.#problem(failure, undefined);
      return [...this.#rows, { ...problem, ...explainUnlisted(failure, rows) }];
    }
    this.#buckets = this.#rows;
    await setWelcome(rows.length === 0 ? 'noBuckets' : 'none');
    return [...this.#rows];
  }

  async #listFolder(container: ContainerNode, onRetry: RetryListener): Promise<Node[]> {
    const pages = this.#pagesOf(container);
    await pages.start(onRetry);
    return [
      ...pages.prefixes.map((prefix) => this.#intern(folderIn(container, prefix))),
      ...pages.objects.map((entry) => objectIn(container, entry)),
      ...(await this.#lastRow(container, pages)),
    ];
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
      bucket: container.bucket,
      prefix: containerPrefix(container),
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
    // The id begins with the kind, so what was kept under it has the same type.
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
    const explanation = isCancelled(error) ? calledOff : await this.options.tellProblem(error);
    return { kind: 'problem', container, ...explanation };
  }
}

/** The person pressed Esc where a code was asked for. */
const calledOff: Explanation = {
  message: { text: 'No code was given, so nothing is listed.' },
  remedy: 'retry',
};

async function setWelcome(welcome: Welcome): Promise<void> {
  await commands.executeCommand('setContext', contextKeys.welcome, welcome);
}
