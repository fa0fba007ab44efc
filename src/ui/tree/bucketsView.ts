import type { Disposable } from 'vscode';
import { viewId } from '../ids.js';
import { rowDrags } from './rowDrags.js';
import type { BucketTree } from './bucketTree.js';
import { nodeId, type ContainerNode, type Node } from '../rows/nodes.js';
import { l10n, window, type TreeView } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

/** The view in the sidebar: the tree, which rows are open, and the source in its title. */
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

  /** The selected rows while the view is visible. */
  get selection(): readonly Node[] {
    return this.#view.visible ? this.#view.selection : [];
  }

  get onDidChangeSelection(): TreeView<Node>['onDidChangeSelection'] {
    return this.#view.onDidChangeSelection;
  }

  /**
   * Shows the source of the buckets next to the view's name. Part of the title, because VS Code omits the
   * description if a container has only one view.
   */
  showSource(name: SafeText | undefined, sourceId: string): void {
    // Rows of another profile are different rows, even with the same names.
    if (sourceId !== this.#sourceId) this.#open.clear();
    this.#sourceId = sourceId;
    this.#view.title = name === undefined ? l10n.t('Buckets') : l10n.t('Buckets ({0})', name);
  }

  /** Whether a row is visible, with all rows above it open. */
  isOpen(path: readonly ContainerNode[]): boolean {
    return this.#view.visible && path.every((container) => this.#open.has(nodeId(container)));
  }

  /** Moves to the first row of a page; VS Code would follow "Load more..." to the end of the list. */
  async goTo(row: Node): Promise<void> {
    if (this.#view.visible) await this.reveal(row, { focus: true });
  }

  /** Selects a row. If the row has disappeared, that is not an error. */
  async reveal(row: Node, { focus }: { readonly focus: boolean }): Promise<void> {
    await this.#view.reveal(row, { select: true, focus }).then(undefined, () => undefined);
  }

  /** Scrolls to a row once running refreshes are done; with `open`, focuses, opens and lists it. */
  async show(row: Node, { open }: { readonly open: boolean }): Promise<void> {
    await this.#view.reveal(row, { select: false, focus: open, expand: open });
  }

  dispose(): void {
    this.#view.dispose();
  }
}
