import type { App, ConnectionApp } from '../app.js';
import { askConnection } from '../connection/connectionFlow.js';
import { pickConnection } from '../connection/pickConnection.js';
import { l10n } from '../messages/safeVscode.js';

/** Edits a connection, including its name. Called from a problem row, edits the selected connection. */
export async function editConnection(
  app: ConnectionApp & Pick<App, 'session'>,
  [row]: readonly unknown[],
): Promise<void> {
  const current = await app.session.source();
  const selected = current?.kind === 'connection' ? app.connections.get(current.id) : undefined;
  const connection =
    row !== undefined && selected !== undefined
      ? selected
      : await pickConnection(app, {
          title: l10n.t('Edit Connection'),
          placeholder: l10n.t('Choose a connection to edit'),
        });
  if (connection === undefined) return;
  const keys = await app.connections.keys(connection.id);
  const saved = await askConnection(app, { connection, keys });
  if (saved !== undefined && saved.id === selected?.id) app.session.reload();
}
