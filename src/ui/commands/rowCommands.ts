import type { App } from '../app.js';
import { isAddressed, isContainer, type Node } from '../rows/nodes.js';

/** Asks again for one row; without a row for the whole view. */
export async function refreshRow(app: App, [given]: readonly unknown[]): Promise<void> {
  const row = isNode(given) ? given : app.view.selection[0];
  if (row?.kind === 'problem') await app.tree.retry(row);
  else app.tree.refresh(row !== undefined && isContainer(row) ? row : undefined);
}

/** Lists what comes after a row that says there is more. */
export async function loadMore(app: App, [given]: readonly unknown[]): Promise<void> {
  const row = isNode(given) ? given : app.view.selection[0];
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

function isNode(value: unknown): value is Node {
  if (isAddressed(value)) return true;
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('container' in value))
    return false;
  if (value.kind === 'more') return isAddressed(value.container);
  return value.kind === 'problem' && (value.container === undefined || isAddressed(value.container));
}
