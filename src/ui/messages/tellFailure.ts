import type { LogOutputChannel } from 'vscode';
import { isCancelled } from '../../core/async/cancelled.js';
import { explainForConnection } from '../../core/failures/connectionFailures.js';
import { explain, type Explanation } from '../../core/failures/explain.js';
import { logDetail } from '../../core/failures/failureText.js';
import { NoSourceError } from '../connection/session.js';

/** Logs a failure without anything that signs, proves or unlocks something, and gives what to say of it. */
export function tellFailure(
  log: LogOutputChannel,
  {
    what,
    error,
    usesConnection,
  }: { readonly what: string; readonly error: unknown; readonly usesConnection: boolean },
): Explanation {
  log.error(`${what} failed: ${logDetail(error)}`);
  if (isCancelled(error)) return cutOff;
  const explanation = explain(error);
  if (error instanceof NoSourceError)
    return { ...explanation, remedy: error.hasProfiles ? 'selectProfile' : 'openAwsConfig' };
  return usesConnection ? explainForConnection(explanation) : explanation;
}

/** The connection was closed under the work. */
const cutOff: Explanation = {
  message: { text: 'The connection was made afresh meanwhile, so this was not finished. Try again.' },
  remedy: 'retry',
};
