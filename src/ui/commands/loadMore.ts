import type { App } from '../app.js';
import type { Node } from '../rows/nodes.js';
import { nodeOf } from '../rows/rows.js';

/** Lists what comes after a row that says there is more. */
export async function loadMore(app: App, args: readonly unknown[]): Promise<void> {
  const row = nodeOf(app, args);
  if (row?.kind !== 'more') return;
  const selected: Node[] = [];
  const watch = app.view.onDidChangeSelection(({ selection }) => selected.push(...selection));
  const first = await app.tree.loadMore(row.container).finally(() => {
    watch.dispose();
  });
  // Who selected something else while the page was on its way stays there.
  const isThere = selected.every(({ kind }) => kind === 'more' || kind === 'problem');
  if (first !== undefined && isThere) await app.view.goTo(first);
}
