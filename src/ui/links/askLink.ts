import type { LinkKindId } from '../../core/links/kinds.js';
import type { RowsApp, SigningApp } from '../app.js';
import { prepare } from '../connection/prepare.js';
import { confirmDangerousKind, kindStep } from './kindStep.js';
import type { LinkDraft } from './linkDraft.js';
import { bucketStep, emptyDraft, expiryStep, keyStep } from './linkSteps.js';
import { neededSteps } from './options/optionSteps.js';
import { runSteps, type Step } from '../prompts/steps.js';
import { rowLocation, rowOf } from '../rows/rows.js';
import type { SafeText } from '../messages/safeText.js';

interface AskLinkOptions {
  readonly title: SafeText;
  readonly args: readonly unknown[];
  /** Which kinds are offered; all by default. */
  readonly kinds?: (kind: LinkKindId) => boolean;
  /** Asked between the kind and the expiry. */
  readonly steps?: readonly Step<LinkDraft>[];
}

/**
 * Asks for bucket, key, kind and expiry of a link. A row answers the first questions. `undefined` if the user
 * cancels.
 */
export async function askLink(
  app: SigningApp & RowsApp,
  { title, args, kinds, steps = [] }: AskLinkOptions,
): Promise<LinkDraft | undefined> {
  await prepare(app.session);
  const row = rowOf(app, args);
  const draft = await runSteps<LinkDraft>({
    title,
    initial: { ...emptyDraft(app, 'get'), ...(row === undefined ? {} : rowLocation(row)) },
    steps: (known) => [
      bucketStep(app),
      keyStep(app, { orPrefix: true }),
      kindStep(app, kinds),
      ...neededSteps(app, known),
      ...steps,
      expiryStep(app, { offersOptions: true }),
    ],
    start: row === undefined ? 0 : row.kind === 'object' ? 2 : 1,
  });
  return draft !== undefined && (await confirmDangerousKind(draft)) ? draft : undefined;
}
