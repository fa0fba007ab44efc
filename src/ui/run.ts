import { isCancelled } from '../core/async/cancelled.js';
import type { App } from './app.js';
import { commandIds, type CommandId } from './ids.js';
import { showFailure } from './messages/showFailure.js';
import { StepFailure } from './messages/stepFailure.js';
import { logAndExplain } from './messages/logAndExplain.js';

/** Commands that work on any link and ignore the selected profile. */
const unbound: ReadonlySet<CommandId> = new Set([
  commandIds.explainPresignedUrl,
  commandIds.testLink,
  commandIds.downloadFromLink,
  commandIds.uploadToLink,
]);

/** What {@link run} needs: the command's connection, and where to log its failure. */
export type Runner = Pick<App, 'session' | 'log'>;

/**
 * Runs a command. The only place that shows failures: one sentence, one remedy; the redacted detail is
 * logged.
 */
export async function run(
  app: Runner,
  { id, body }: { readonly id: CommandId; readonly body: () => Promise<void> },
): Promise<void> {
  app.log.debug(`${id} started`);
  const { epoch, sourceChanges, sourceId } = app.session;
  try {
    await body();
    app.log.debug(`${id} ended`);
  } catch (error) {
    const [failure, again] = error instanceof StepFailure ? [error.cause, error.again] : [error, body];
    const { session } = app;
    const isBound = !unbound.has(id);
    // A refresh or a change of the AWS files cut it off; the user did not cancel it.
    const isSameSource = session.sourceChanges === sourceChanges;
    const isCutOff = isBound && session.epoch !== epoch && isSameSource;
    if (isCancelled(failure) && !isCutOff) return;
    const usesConnection = isBound && session.usesConnection;
    const explanation = logAndExplain(app.log, { what: id, error: failure, usesConnection });
    // A first command learns its source while it runs.
    const retry = isBound ? session.bindToSource(again, isSameSource ? session.sourceId : sourceId) : again;
    // Not awaited: the command has finished, whenever the message is closed.
    void showFailure(explanation, () => run(app, { id, body: retry }));
  }
}
