import type { LinkKindId } from '../../core/links/kinds.js';
import type { RowsApp, SigningApp } from '../app.js';
import { prepare } from '../connection/prepare.js';
import { deliverLink } from './deliverLink.js';
import { bucketStep, emptyDraft, expiryStep, keyStep } from './linkSteps.js';
import { runSteps } from '../prompts/steps.js';
import { rowLocation, rowOf } from '../rows/rows.js';
import { l10n } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

interface CopyOptions {
  readonly kind: LinkKindId;
  readonly title: SafeText;
  readonly args: readonly unknown[];
}

/**
 * Copies a link of a kind. For an object asks only for the expiry, otherwise first for a missing bucket and
 * key.
 */
export async function copyLink(app: SigningApp & RowsApp, { kind, title, args }: CopyOptions): Promise<void> {
  await prepare(app.session);
  const row = rowOf(app, args);
  const initial = { ...emptyDraft(app, kind), ...(row === undefined ? {} : rowLocation(row)) };
  const draft =
    row?.kind === 'object'
      ? await runSteps({ title, initial, steps: [expiryStep(app, { note: objectNote(kind, initial.key) })] })
      : await runSteps({
          title,
          initial,
          steps: [bucketStep(app), keyStep(app), expiryStep(app)],
          start: row === undefined ? 0 : 1,
        });
  if (draft !== undefined) await deliverLink(app, draft);
}

function objectNote(kind: LinkKindId, key: string): SafeText | undefined {
  return kind === 'put'
    ? l10n.t('Anyone with this link can replace {0}. Choose how long it is valid.', key)
    : undefined;
}
