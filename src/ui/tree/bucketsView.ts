import { l10n, window, type Disposable, type TreeView } from 'vscode';
import type { ObjectEntry } from '../../core/storage/listing.js';
import { viewId } from '../ids.js';
import { rowDrags } from './rowDrags.js';
import type { BucketTree } from './bucketTree.js';
import { containerPrefix, nodeId, type ContainerNode, type Node } from './nodes.js';
import { containersOf } from './parents.js';

/** The view in the sidebar: the tree, which rows are open, and who is browsing. */
export class BucketsView implements Disposable {
  readonly #view: TreeView<Node>;
  readonly #open = new Set<string>();
  #sourceId = '';

  constructor(private readonly tree: BucketTree) {
    this.#view = window.createTreeView(viewId, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: rowDrags,
    });
    this.#view.onDidExpandElement(({ element }) => this.#open.add(nodeId(element)));
    this.#view.onDidCollapseElement(({ element }) => this.#open.delete(nodeId(element)));
  }

  /** The selected rows, as long as the view can be seen. */
  get selection(): readonly Node[] {
    return this.#view.visible ? this.#view.selection : [];
  }

  get onDidChangeSelection(): TreeView<Node>['onDidChangeSelection'] {
    return this.#view.onDidChangeSelection;
  }

  /**
   * Shows beside the view's name whose buckets these are. As part of the title, because VS Code leaves the description
   * out where a container has one view only.
   */
  showSource(name: string, sourceId: string): void {
    // Rows of another profile are others, whatever their names.
    if (sourceId !== this.#sourceId) this.#open.clear();
    this.#sourceId = sourceId;
    this.#view.title = name === '' ? l10n.t('Buckets') : l10n.t('Buckets ({0})', name);
  }

  /** Goes on at the first row of a page, where "Load more..." stood; VS Code would follow that row to the end of the list. */
  async goTo(row: Node): Promise<void> {
    if (this.#view.visible) await this.#reveal(row, { focus: true });
  }

  /** Puts an uploaded object into the rows that are listed, and selects it if its folder is open. */
  async showUploaded(bucket: string, entry: ObjectEntry): Promise<void> {
    for (const root of this.tree.rootsOf(bucket, entry.key)) await this.#showUnder(root, bucket, entry);
  }

  async #showUnder(root: string | undefined, bucket: string, entry: ObjectEntry): Promise<void> {
    const path = containersOf(bucket, entry.key, root);
    for (const { node, pages } of this.tree.listedContainers(path)) {
      const child = path[path.findIndex((other) => nodeId(other) === nodeId(node)) + 1];
      if (child === undefined) pages.addObject(entry);
      else pages.addPrefix(containerPrefix(child));
      this.tree.update(node);
    }
    const folder = path.at(-1);
    if (folder !== undefined && this.#isOpen(path)) {
      const row: Node = { kind: 'object', bucket, prefix: containerPrefix(folder), root, entry };
      await this.#reveal(row, { focus: false });
    }
  }

  /** A row that went away meanwhile is no failure of what was done. */
  async #reveal(row: Node, { focus }: { readonly focus: boolean }): Promise<void> {
    await this.#view.reveal(row, { select: true, focus }).then(undefined, () => undefined);
  }

  dispose(): void {
    this.#view.dispose();
  }

  #isOpen(path: readonly ContainerNode[]): boolean {
    return this.#view.visible && path.every((container) => this.#open.has(nodeId(container)));
  }
}
