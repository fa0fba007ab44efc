import type { Connection, Identity } from '../../core/connection/connection.js';
import { withDelayedProgress } from '../messages/delayedProgress.js';
import type { Session } from './session.js';
import { l10n } from '../messages/safeVscode.js';

/**
 * Obtains everything that a flow may have to ask the user for, before its first question: VS Code shows one
 * prompt at a time, and asking for a code in the middle would end the flow.
 */
export async function prepare(session: Session): Promise<void> {
  const connection = await session.connection();
  if (connection.needsUserInput) await identityOf(connection);
}

/** The keys that sign. Shows progress if obtaining them takes a while. */
export function identityOf(connection: Connection): Promise<Identity> {
  return withDelayedProgress({ title: l10n.t('Getting credentials'), connection }, (signal) =>
    connection.identity(signal),
  );
}
