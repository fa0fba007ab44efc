import type { Disposable } from 'vscode';
import { viewId } from '../ids.js';
import { rowDrags } from './rowDrags.js';
import type { BucketTree } from './bucketTree.js';
import { nodeId, type ContainerNode, type Node } from '../rows/nodes.js';
import { l10n, window, type TreeView } from '../messages/door.js';
import type { Shown } from '../messages/shown.js';

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
  showSource(name: Shown | undefined, sourceId: string): void {
    // Rows of another profile are others, whatever their names.
    if (sourceId !== this.#sourceId) this.#open.clear();
    this.#sourceId = sourceId;
    this.#view.title = name === undefined ? l10n.t('Buckets') : l10n.t('Buckets ({0})', name);
  }

  /** Whether a row can be seen, with all of those above it. */
  isOpen(path: readonly ContainerNode[]): boolean {
    return this.#view.visible && path.every((container) => this.#open.has(nodeId(container)));
  }

  /** Goes on at the first row of a page; VS Code would follow "Load more..." to the end of the list. */
  async goTo(row: Node): Promise<void> {
    if (this.#view.visible) await this.reveal(row, { focus: true });
  }

  /** Selects a row. One that went away meanwhile is no failure of what was done. */
  async reveal(row: Node, { focus }: { readonly focus: boolean }): Promise<void> {
    await this.#view.reveal(row, { select: true, focus }).then(undefined, () => undefined);
  }

  /** Scrolls to a row after every refresh that is under way; with `open` it gets the keyboard and is opened and listed. */
  async show(row: Node, { open }: { readonly open: boolean }): Promise<void> {
    await this.#view.reveal(row, { select: false, focus: open, expand: open });
  }

  dispose(): void {
    this.#view.dispose();
  }
}
