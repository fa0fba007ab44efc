import type { Disposable } from 'vscode';
import type { App } from '../app.js';
import type { ObjectChange } from '../objectChanges.js';
import { containersOf } from './parents.js';

type Browser = Pick<App, 'session' | 'tree' | 'view'>;

/** Shows changes of objects in the listed rows, if these belong to the same source. */
export function showChanges(app: Browser & Pick<App, 'changes'>): Disposable {
  return app.changes.onDidChange((change) => {
    if (change.sourceId !== app.session.sourceId) return;
    app.tree.apply(change);
    void selectAdded(app, change);
  });
}

/** Selects the row of an added object if its folder is open. If several were added, selects none. */
async function selectAdded({ tree, view }: Browser, { bucket, added = [] }: ObjectChange): Promise<void> {
  const [entry, ...others] = added;
  if (entry === undefined || others.length > 0) return;
  for (const row of tree.rowsOf({ bucket, key: entry.key })) {
    const isOpen = view.isOpen(containersOf(bucket, entry.key, row.root));
    if (isOpen) await view.reveal(row, { focus: false });
  }
}
