import { version } from 'vscode';
import { connect, type ConnectOptions } from '../../core/connection/connect.js';
import type { Connection } from '../../core/connection/connection.js';
import { loadAwsFiles } from '../../core/connection/profiles/profiles.js';
import type { ConnectionSource } from '../../core/connection/profiles/source.js';
import {
  connectStored,
  MissingKeysError,
  UnknownConnectionError,
} from '../../core/connection/storedConnection.js';
import type { Connections } from './connections.js';
import { addressing } from '../settings.js';

/**
 * Opens the connection of a source of any kind.
 * @throws what {@link connect} and {@link connectStored} throw; UnknownConnectionError, MissingKeysError
 */
export async function openConnection(
  source: ConnectionSource,
  options: ConnectOptions & { readonly connections: Connections },
): Promise<Connection> {
  const here = { ...options, ...editorOptions() };
  if (source.kind !== 'connection') return connect(source, here);
  const { connections } = options;
  const connection = connections.get(source.id);
  if (connection === undefined) throw new UnknownConnectionError();
  const keys = await connections.keys(source.id);
  if (keys === undefined) throw new MissingKeysError(connection.name);
  return connectStored(connection, { ...here, keys });
}

/** Options for every connection that this editor opens. */
export function editorOptions(): Pick<ConnectOptions, 'addressing' | 'preferredTransport'> {
  return {
    addressing: addressing(),
    // With proxy-agent 0.33 the editor's fetch makes an agent for each request (microsoft/vscode#269496).
    preferredTransport: version.startsWith('1.104.') ? 'node:http' : 'fetch',
  };
}

/** Whether there is anything to choose. */
export async function hasSources(connections: Connections): Promise<boolean> {
  return connections.all.length > 0 || (await loadAwsFiles()).profiles.size > 0;
}
