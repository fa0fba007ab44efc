import type { LogOutputChannel } from 'vscode';
import { isCancelled } from '../../core/async/cancelled.js';
import { explain } from '../../core/failures/explain.js';
import { logDetail } from '../../core/failures/failureText.js';
import type { Explanation } from '../../core/failures/message.js';

interface Failure {
  /** What was tried, for the log. */
  readonly what: string;
  readonly error: unknown;
  /** Whether a connection added in the editor signs, rather than a profile. */
  readonly usesConnection: boolean;
}

/** Logs a failure without signatures, tokens and keys, and returns the explanation to show. */
export function logAndExplain(log: LogOutputChannel, { what, error, usesConnection }: Failure): Explanation {
  log.error(`${what} failed: ${logDetail(error)}`);
  return isCancelled(error)
    ? reconnected
    : explain(error, { signer: usesConnection ? 'connection' : 'profile' });
}

/** The connection was closed during the work. */
const reconnected: Explanation = {
  message: { text: 'The connection was reset before this finished. Try again.' },
  remedy: 'retry',
};
