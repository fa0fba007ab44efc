import type { App } from '../app.js';
import { clockTeller } from './clockDifference.js';
import type { CredentialsStatus } from './credentialsStatus.js';
import { Session } from './session.js';
import { timeLimits } from '../settings.js';

/** The session with its questions, each loaded when it is first asked. */
export function makeSession(
  base: Pick<App, 'log' | 'memory' | 'connections' | 'version'>,
  status: CredentialsStatus,
): Session {
  const { log, memory, connections, version } = base;
  const session: Session = new Session({
    memory,
    connections,
    version,
    env: process.env,
    timeLimits,
    renewals: new Map(),
    allowEndpoints: async (connection) => (await import('../lazy.js')).allowEndpoints(memory, connection),
    mfaCode: async (serial, options) => (await import('../lazy.js')).askMfaCode(serial, options),
    onCredentials: (state) => {
      status.show(session.label, state);
    },
    onClockChange: clockTeller(log, status),
  });
  return session;
}
