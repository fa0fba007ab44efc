import { formatSource } from '../../core/connection/profiles/source.js';
import type { App, RowsApp } from '../app.js';
import { rowsOf } from '../rows/rows.js';

/** Removes added rows from the view. The buckets themselves do not change. */
export async function removeBucket(
  app: RowsApp & Pick<App, 'memory' | 'session' | 'tree'>,
  args: readonly unknown[],
): Promise<void> {
  const source = await app.session.source();
  const rows = rowsOf(app, args).filter((row) => row.kind === 'bucket' && row.added === true);
  if (source === undefined || rows.length === 0) return;
  for (const { bucket, prefix = '' } of rows)
    await app.memory.removeBucket(formatSource(source), { bucket, prefix });
  app.tree.refresh();
}
