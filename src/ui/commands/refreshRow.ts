import type { App, RowsApp } from '../app.js';
import { isContainer } from '../rows/nodes.js';
import { nodeOf } from '../rows/rows.js';

/** Reloads one row, or the whole view when called without a row. */
export async function refreshRow(app: RowsApp & Pick<App, 'tree'>, args: readonly unknown[]): Promise<void> {
  const row = nodeOf(app, args);
  if (row?.kind === 'problem') await app.tree.retry(row);
  else app.tree.refresh(row !== undefined && isContainer(row) ? row : undefined);
}
