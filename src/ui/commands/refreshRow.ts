import type { App } from '../app.js';
import { isContainer } from '../rows/nodes.js';
import { nodeOf } from '../rows/rows.js';

/** Asks again for one row; without a row for the whole view. */
export async function refreshRow(app: App, args: readonly unknown[]): Promise<void> {
  const row = nodeOf(app, args);
  if (row?.kind === 'problem') await app.tree.retry(row);
  else app.tree.refresh(row !== undefined && isContainer(row) ? row : undefined);
}
