import type { App } from '../app.js';
import { pickConnection } from '../connection/pickConnection.js';
import { l10n, window } from '../messages/safeVscode.js';

/** Removes a connection and its keys after a confirmation. Nothing in the store changes. */
export async function removeConnection(app: Pick<App, 'session' | 'connections'>): Promise<void> {
  const connection = await pickConnection(app, {
    title: l10n.t('Remove Connection'),
    placeholder: l10n.t('Choose a connection to remove'),
  });
  if (connection === undefined) return;
  const remove = l10n.t('Remove');
  const answer = await window.showWarningMessage(
    l10n.t('Remove connection "{0}" and its keys from this machine?', connection.name),
    { modal: true, detail: l10n.t('Buckets and objects are not affected.') },
    remove,
  );
  if (answer !== remove) return;
  await app.connections.remove(connection.id);
  await app.session.forget({ kind: 'connection', id: connection.id });
}
