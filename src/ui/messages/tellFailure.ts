import type { LogOutputChannel } from 'vscode';
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
  if (!(error instanceof NoSourceError)) {
    const explanation = explain(error);
    return usesConnection ? explainForConnection(explanation) : explanation;
  }
  return {
    message: { text: 'No AWS profile is selected.' },
    remedy: error.hasProfiles ? 'selectProfile' : 'openAwsConfig',
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no error object';
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number; requestId?: string } };
  // A failing credential_process has its command line and output in the message.
  const detail = /Credential|Token/.test(error.name) ? undefined : redact(error.message);
  return [error.name, metadata?.httpStatusCode, metadata?.requestId, detail]
    .filter((fact) => fact !== undefined)
    .join(' ');
}
