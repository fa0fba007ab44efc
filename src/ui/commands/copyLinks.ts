import type { Selection } from '../../core/links/lists/selection.js';
import type { RowsApp, SigningApp } from '../app.js';
import { prepare } from '../connection/prepare.js';
import { deliverList } from '../links/lists/deliverList.js';
import {
  destinationStep,
  emptyListDraft,
  formatStep,
  listExpiryStep,
  selectionStep,
} from '../links/lists/listSteps.js';
import { runSteps } from '../prompts/steps.js';
import { rowLocation, rowsOf } from '../rows/rows.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/safeVscode.js';

/**
 * Makes a download link for each selected object and for every object in the selected folders and buckets.
 */
export async function copyLinks(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  const rows = rowsOf(app, args);
  if (new Set(rows.map(({ bucket }) => bucket)).size > 1) {
    void window.showInformationMessage(
      l10n.t('The selected items are in different buckets. Select items in one bucket.'),
    );
    return;
  }
  await prepare(app.session);
  const draft = await runSteps({
    title: l10n.t('Copy Links'),
    initial: emptyListDraft(app, selectionOf(rows)),
    steps: [selectionStep(app), formatStep, destinationStep, listExpiryStep(app)],
    start: rows.length === 0 ? 0 : 1,
  });
  if (draft !== undefined) await retryableStep(() => deliverList(app, draft));
}

type Rows = ReturnType<typeof rowsOf>;

function selectionOf(rows: Rows): Selection {
  const keysOf = (some: Rows) => some.map((row) => rowLocation(row).key);
  return {
    bucket: rows[0]?.bucket ?? '',
    keys: keysOf(rows.filter(({ kind }) => kind === 'object')),
    prefixes: keysOf(rows.filter(({ kind }) => kind !== 'object')),
  };
}
