import type { LogOutputChannel } from 'vscode';
import { isCancelled } from '../../core/cancelled.js';
import { explainForConnection } from '../../core/connectionFailures.js';
import { explain, type Explanation } from '../../core/errors.js';
import { redact } from '../../core/redact.js';
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
  log.error(`${what} failed: ${describe(error)}`);
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

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no error object';
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number; requestId?: string } };
  // A failing credential_process has its command line and output in the message.
  const detail = /Credential|Token/.test(error.name) ? undefined : redact(error.message);
  return [error.name, metadata?.httpStatusCode, metadata?.requestId, detail]
    .filter((fact) => fact !== undefined)
    .join(' ');
}
