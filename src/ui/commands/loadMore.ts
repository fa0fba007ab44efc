import type { App, RowsApp } from '../app.js';
import type { Node } from '../rows/nodes.js';
import { nodeOf } from '../rows/rows.js';

/** Lists the page that a "more" row announces. */
export async function loadMore(app: RowsApp & Pick<App, 'tree'>, args: readonly unknown[]): Promise<void> {
  const row = nodeOf(app, args);
  if (row?.kind !== 'more') return;
  const selected: Node[] = [];
  const watch = app.view.onDidChangeSelection(({ selection }) => selected.push(...selection));
  const first = await app.tree.loadMore(row.container).finally(() => {
    watch.dispose();
  });
  // If the user selected something else while the page was loading, that selection stays.
  const isThere = selected.every(({ kind }) => kind === 'more' || kind === 'problem');
  if (first !== undefined && isThere) await app.view.goTo(first);
}
