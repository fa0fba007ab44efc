import { isCancelled } from '../core/async/cancelled.js';
import type { App } from './app.js';
import { commandIds, type CommandId } from './ids.js';
import { showFailure } from './messages/showFailure.js';
import { StepFailure } from './messages/stepFailure.js';
import { logAndExplain } from './messages/logAndExplain.js';

/** Commands about links of anybody, to which it is all the same who is selected. */
const unbound: ReadonlySet<CommandId> = new Set([
  commandIds.explainPresignedUrl,
  commandIds.testLink,
  commandIds.downloadFromLink,
  commandIds.uploadToLink,
]);

/** What {@link run} needs: whose connection the command uses, and where its failure is logged. */
export type Runner = Pick<App, 'session' | 'log'>;

/** Runs a command. The only place where a failure is shown: one sentence, one remedy; the redacted detail is logged. */
export async function run(
  app: Runner,
  { id, body }: { readonly id: CommandId; readonly body: () => Promise<void> },
): Promise<void> {
  app.log.debug(`${id} started`);
  const { epoch, sourceId } = app.session;
  try {
    await body();
    app.log.debug(`${id} ended`);
  } catch (error) {
    const [failure, again] = error instanceof StepFailure ? [error.cause, error.again] : [error, body];
    const { session } = app;
    const isBound = !unbound.has(id);
    // What a refresh or a change of the AWS files cut off, the person did not call off.
    const isCutOff = isBound && session.epoch !== epoch && session.sourceId === sourceId;
    if (isCancelled(failure) && !isCutOff) return;
    const usesConnection = isBound && session.usesConnection;
    const explanation = logAndExplain(app.log, { what: id, error: failure, usesConnection });
    const retry = isBound ? session.bound(again) : again;
    // Not awaited: the command has ended, whenever the message is closed.
    void showFailure(explanation, () => run(app, { id, body: retry }));
  }
}
