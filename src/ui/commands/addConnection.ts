import type { App, ConnectionApp } from '../app.js';
import { askConnection } from '../connection/connectionFlow.js';

/** Adds a store that is reached without an AWS profile, and shows its buckets. */
export async function addConnection(app: ConnectionApp & Pick<App, 'session'>): Promise<void> {
  const added = await askConnection(app);
  if (added !== undefined) await app.session.select({ kind: 'connection', id: added.id });
}
