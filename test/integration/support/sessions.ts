import type { Memento, SecretStorage, SecretStorageChangeEvent } from 'vscode';
import { EventEmitter } from 'vscode';
import { Connections } from '../../../src/ui/connection/connections.js';
import { Session } from '../../../src/ui/connection/session.js';
import { Memory } from '../../../src/ui/memory.js';

/** State and secrets that are kept only in memory. */
export class Kept implements Memento, SecretStorage {
  readonly #values = new Map<string, unknown>();
  readonly onDidChange = new EventEmitter<SecretStorageChangeEvent>().event;

  keys(): never {
    return [...this.#values.keys()] as never;
  }

  get(key: string, defaultValue?: unknown): never {
    // The caller names the type.
    return (this.#values.get(key) ?? defaultValue) as never;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }

  store(key: string, value: string): Promise<void> {
    return this.update(key, value);
  }

  delete(key: string): Promise<void> {
    return this.update(key, undefined);
  }
}

interface Opening {
  readonly allowEndpoints?: () => Promise<void>;
  /** Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** What all windows share. */
  readonly shared?: Kept;
  /** What belongs to a single window. */
  readonly ofWindow?: Kept;
}

/** Opens sessions that end with the test. */
export function useSessions(): (opening?: Opening) => Session {
  const sessions: Session[] = [];
  afterEach(() => {
    for (const session of sessions.splice(0)) session.dispose();
  });

  return function open({
    allowEndpoints = () => Promise.resolve(),
    shared = new Kept(),
    ofWindow = new Kept(),
    env = process.env,
  } = {}): Session {
    const session = new Session({
      memory: new Memory({ state: shared, windowState: ofWindow, machine: '' }),
      connections: new Connections(shared, shared),
      version: '0.0.0',
      env,
      load: () => import('../../../src/ui/lazy.js'),
      allowEndpoints,
    });
    sessions.push(session);
    return session;
  };
}
