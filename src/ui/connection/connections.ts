import type { Memento, SecretStorage } from 'vscode';
import { changeState, type StateChange } from '../stateChanges.js';
import { isRecord } from '../../core/text/own.js';
import { hasShape, isText, listOf } from '../stored.js';
import type { ConnectionKeys, StoredConnection } from '../../core/connection/storedConnection.js';

const listKey = 'connections';

const isConnection = hasShape<StoredConnection>({
  id: isText,
  name: isText,
  endpoint: (endpoint) => isText(endpoint) && URL.canParse(endpoint),
  region: isText,
  addressing: isText,
});

function isOfAnotherShape(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return isRecord(entry) && !isConnection(entry);
}

/**
 * The connections added on this machine: their settings in the editor's state, their keys in its secret
 * storage.
 */
export class Connections {
  readonly #recent: StateChange[] = [];

  constructor(
    private readonly state: Memento,
    private readonly secrets: SecretStorage,
  ) {}

  get all(): readonly StoredConnection[] {
    return listOf(this.state.get(listKey), isConnection);
  }

  get(id: string): StoredConnection | undefined {
    return this.all.find((connection) => connection.id === id);
  }

  /** The keys, or undefined if this machine does not have them. */
  async keys(id: string): Promise<ConnectionKeys | undefined> {
    const text = await this.secrets.get(secretName(id));
    return text === undefined ? undefined : parseKeys(text);
  }

  /** Adds a connection, or replaces the one with its id. */
  async save(connection: StoredConnection, keys: ConnectionKeys): Promise<void> {
    // First, so that there is never a connection without its keys.
    await this.secrets.store(secretName(connection.id), JSON.stringify(keys));
    await this.#change(connection.id, (all) =>
      all.some(({ id }) => id === connection.id)
        ? all.map((other) => (other.id === connection.id ? connection : other))
        : [...all, connection],
    );
  }

  async remove(id: string): Promise<void> {
    await this.secrets.delete(secretName(id));
    await this.#change(id, (all) => all.filter((connection) => connection.id !== id));
  }

  /**
   * Keeps entries that another version stored in a different shape, because their keys are found by their id.
   * Drops such an entry if it has the id that changes.
   */
  async #change(
    changedId: string,
    change: (all: readonly StoredConnection[]) => readonly StoredConnection[],
  ): Promise<void> {
    await changeState(this.state, this.#recent, {
      key: listKey,
      change: (stored) => [
        ...change(listOf(stored, isConnection)),
        ...listOf(stored, isOfAnotherShape).filter(({ id }) => id !== changedId),
      ],
    });
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
    // The parser's message would quote the text it could not read.
    return undefined;
  }
}
