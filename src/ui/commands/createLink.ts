import { l10n } from 'vscode';
import type { App } from '../app.js';
import { deliverLink } from '../links/deliverLink.js';
import { isMeant } from '../links/isMeant.js';
import { kindStep } from '../links/kindStep.js';
import { bucketStep, emptyDraft, expiryStep, keyStep } from '../links/linkSteps.js';
import { neededSteps } from '../links/optionSteps.js';
import { runSteps } from '../prompts/steps.js';
import { rowLocation, rowOf } from '../rows.js';

/** The whole flow: bucket, key, what the link is for, expiry. A row answers the first of them; going back reaches them. */
export async function createLink(app: App, args: readonly unknown[]): Promise<void> {
  await app.session.prepare();
  const row = rowOf(app, args);
  const draft = await runSteps({
    title: l10n.t('Create Presigned URL'),
    initial: { ...emptyDraft(app, 'get'), ...(row === undefined ? {} : rowLocation(row)) },
    steps: (draft) => [
      bucketStep(app),
      keyStep(app, { orPrefix: true }),
      kindStep(app),
      ...neededSteps(app, draft),
      expiryStep(app, { offersOptions: true }),
    ],
    start: row === undefined ? 0 : row.kind === 'object' ? 2 : 1,
  });
  if (draft !== undefined && (await isMeant(draft))) await deliverLink(app, draft);
}
