import type { Memento, SecretStorage } from 'vscode';
import type { ConnectionKeys, StoredConnection } from '../../core/connection/storedConnection.js';

const listKey = 'connections';

/** The connections that were added on this machine: what they are in the editor's state, their keys in its secret storage. */
export class Connections {
  constructor(
    private readonly state: Memento,
    private readonly secrets: SecretStorage,
  ) {}

  get all(): readonly StoredConnection[] {
    return this.state.get<readonly StoredConnection[]>(listKey, []);
  }

  get(id: string): StoredConnection | undefined {
    return this.all.find((connection) => connection.id === id);
  }

  /** The keys, or undefined where this machine does not have them. */
  async keys(id: string): Promise<ConnectionKeys | undefined> {
    const text = await this.secrets.get(secretName(id));
    return text === undefined ? undefined : parseKeys(text);
  }

  /** Adds a connection, or replaces the one with its id. */
  async save(connection: StoredConnection, keys: ConnectionKeys): Promise<void> {
    // First, so that there is never a connection without its keys.
    await this.secrets.store(secretName(connection.id), JSON.stringify(keys));
    const known = this.get(connection.id) !== undefined;
    const all = known
      ? this.all.map((other) => (other.id === connection.id ? connection : other))
      : [...this.all, connection];
    await this.state.update(listKey, all);
  }

  async remove(id: string): Promise<void> {
    await this.secrets.delete(secretName(id));
    await this.state.update(
      listKey,
      this.all.filter((connection) => connection.id !== id),
    );
  }
}

function secretName(id: string): string {
  return `connection:${id}`;
}

function parseKeys(text: string): ConnectionKeys | undefined {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = JSON.parse(text) as Record<string, unknown>;
    if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string') return undefined;
    return {
      accessKeyId,
      secretAccessKey,
      sessionToken: typeof sessionToken === 'string' ? sessionToken : undefined,
    };
  } catch {
    // The parser's message would repeat what it could not read.
    return undefined;
  }
}
