import { workspace, type Disposable } from 'vscode';
import type { ConnectionApp } from '../app.js';
import { settingIds } from '../ids.js';
import type { askMfaCode } from '../prompts/mfa.js';
import { timeLimits } from '../settings.js';
import type { allowEndpoints } from './clearText.js';
import { clockNotifier, type ClockParts } from './clockDifference.js';
import type { CredentialsStatus } from './credentialsStatus.js';
import { Session, type SessionParts } from './session.js';

/** Loaded when first needed, the questions when first asked. */
interface LazyParts extends SessionParts, ClockParts {
  readonly allowEndpoints: typeof allowEndpoints;
  readonly askMfaCode: typeof askMfaCode;
}

interface MakeOptions {
  readonly status: CredentialsStatus;
  readonly load: () => Promise<LazyParts>;
}

/** Creates the session and shows in the status bar what it learns. */
export function makeSession(
  { log, memory, connections, version }: ConnectionApp,
  { status, load }: MakeOptions,
): Session {
  const session: Session = new Session({
    memory,
    connections,
    version,
    load,
    env: process.env,
    timeLimits,
    renewals: new Map(),
    allowEndpoints: async (connection) => (await load()).allowEndpoints(memory, connection),
    mfaCode: async (serial, options) => (await load()).askMfaCode(serial, options),
    onCredentials: (state) => {
      status.show(session.label, state);
    },
    onClockChange: clockNotifier({ log, status, load }),
  });
  return session;
}

/**
 * Reconnects when a setting that decides where requests go changes. The session watches the AWS files itself.
 */
export function reloadOnChanges(session: Session): Disposable {
  return workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${settingIds.section}.${settingIds.addressing}`)) session.reload();
  });
}
