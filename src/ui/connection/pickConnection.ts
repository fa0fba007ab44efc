import type { StoredConnection } from '../../core/connection/storedConnection.js';
import type { App } from '../app.js';
import { pickItem } from '../prompts/inputs.js';
import { back } from '../prompts/steps.js';
import { l10n, window, type QuickPickItem } from '../messages/safeVscode.js';
import { safeText, type SafeText } from '../messages/safeText.js';

export interface ConnectionItem extends QuickPickItem {
  readonly connection: StoredConnection;
}

/** The connections as list items. */
export function connectionItems(app: Pick<App, 'connections'>): readonly ConnectionItem[] {
  return app.connections.all.map((connection) => ({
    label: safeText(connection.name),
    description: l10n.t('connection, {0}', new URL(connection.endpoint).host),
    connection,
  }));
}

/** Asks for one of the connections, with the selected one active. Shows a message if there are none. */
export async function pickConnection(
  app: Pick<App, 'session' | 'connections'>,
  { title, placeholder }: { readonly title: SafeText; readonly placeholder: SafeText },
): Promise<StoredConnection | undefined> {
  const items = connectionItems(app);
  if (items.length === 0) {
    void window.showInformationMessage(
      l10n.t('There are no connections. Run "S3: Add Connection..." to add one.'),
    );
    return undefined;
  }
  const current = await app.session.source();
  const active = items.find(
    ({ connection }) => current?.kind === 'connection' && current.id === connection.id,
  );
  const picked = await pickItem({ title }, { items, placeholder, active });
  return picked === undefined || picked === back ? undefined : picked.connection;
}
