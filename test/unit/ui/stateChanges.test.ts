import assert from 'node:assert/strict';
import type { Memento, SecretStorage } from 'vscode';
import type { StoredConnection } from '../../../src/core/connection/storedConnection.js';
import { Connections } from '../../../src/ui/connection/connections.js';
import { Memory, type RecentLink } from '../../../src/ui/memory.js';
import { poll } from '../../support/poll.js';

type State = Record<string, unknown>;

/**
 * The state of an extension as VS Code keeps it for several windows: each window has a copy, writes all of it
 * with each update, and learns later what the others wrote.
 */
class SharedState {
  #stored: State;
  readonly #copies: State[] = [];

  constructor(stored: State = {}) {
    this.#stored = stored;
  }

  open(): Memento {
    const at = this.#copies.push(structuredClone(this.#stored)) - 1;
    const copy = (): State => this.#copies[at] ?? {};
    return {
      keys: () => Object.keys(copy()),
      get: (key: string, other?: unknown) => (copy()[key] ?? other) as never,
      update: (key, value: unknown) => {
        copy()[key] = value;
        this.#stored = structuredClone(copy());
        return Promise.resolve();
      },
    };
  }

  /** Tells every window what was written last. */
  tell(): void {
    for (const at of this.#copies.keys()) this.#copies[at] = structuredClone(this.#stored);
  }

  /** Keeps telling the windows until the condition holds. */
  async settles(holds: () => boolean, what: string): Promise<void> {
    const isThere = () => {
      this.tell();
      return holds();
    };
    await poll(isThere, { what });
  }
}

function noSecrets(): SecretStorage {
  const nothing = () => Promise.resolve(undefined);
  return { get: nothing, store: nothing, delete: nothing } as unknown as SecretStorage;
}

const keys = { accessKeyId: 'id', secretAccessKey: 'key' };

function connection(id: string, name = id): StoredConnection {
  return { id, name, endpoint: 'https://store.example', region: 'us-east-1', addressing: 'auto' };
}

function memoryOf(state: Memento): Memory {
  return new Memory({ state, windowState: new SharedState().open(), machine: '' });
}

function link(key: string): RecentLink {
  return {
    ...{ kind: 'get', bucket: 'docs', key, options: {}, expiresInSeconds: 60, limit: 'none' },
    ...{ source: { kind: 'profile', name: 'dev' }, madeAtMs: 1000, endsAtMs: 61_000 },
  } as const;
}

describe('a value that one window stores before another window is notified', () => {
  it('is kept when the other stores something of another kind', async () => {
    const shared = new SharedState();
    const [one, other] = [shared.open(), shared.open()];
    const connections = new Connections(one, noSecrets());
    await connections.save(connection('mine'), keys);
    await memoryOf(other).setExpirySeconds(900);
    const read = shared.open();
    assert.deepEqual(new Connections(read, noSecrets()).all, [], 'the older state was written back');
    await shared.settles(() => new Connections(read, noSecrets()).all.length === 1, 'the connection');
    assert.equal(memoryOf(read).expirySeconds, 900);
  });

  it('is kept next to what the other adds', async () => {
    const shared = new SharedState();
    const states = [shared.open(), shared.open()];
    for (const [at, state] of states.entries()) {
      await new Connections(state, noSecrets()).save(connection(`c${at}`), keys);
      const memory = memoryOf(state);
      await memory.addBucket('profile:dev', { bucket: `b${at}`, prefix: '' });
      await memory.changeRecentLinks((links) =>
        links.some(({ key }) => key === `k${at}`) ? links : [link(`k${at}`), ...links],
      );
    }
    const read = shared.open();
    const stored = () => {
      const memory = memoryOf(read);
      return {
        connections: new Connections(read, noSecrets()).all.map(({ id }) => id).toSorted(),
        buckets: memory
          .addedBuckets('profile:dev')
          .map(({ bucket }) => bucket)
          .toSorted(),
        links: memory.recentLinks.map(({ key }) => key).toSorted(),
      };
    };
    const all = { connections: ['c0', 'c1'], buckets: ['b0', 'b1'], links: ['k0', 'k1'] };
    await shared.settles(() => JSON.stringify(stored()) === JSON.stringify(all), 'what both have stored');
  });
});

describe('a change that one window makes before another window is notified', () => {
  it('is kept, for an edit and a removal', async () => {
    const shared = new SharedState({ connections: [connection('kept', 'old'), connection('gone')] });
    const [one, other] = [shared.open(), shared.open()];
    const connections = new Connections(one, noSecrets());
    await connections.save(connection('kept', 'edited'), keys);
    await connections.remove('gone');
    await memoryOf(other).setExpirySeconds(900);
    const read = shared.open();
    assert.equal(new Connections(read, noSecrets()).all.length, 2, 'the older state was written back');
    const names = () => new Connections(read, noSecrets()).all.map(({ name }) => name).join();
    await shared.settles(() => names() === 'edited', 'the edit and the removal');
  });
});

describe('a value that one window stores and removes at once', () => {
  it('does not reappear', async () => {
    const shared = new SharedState();
    const [one, other] = [shared.open(), shared.open()];
    const memory = memoryOf(one);
    const place = { bucket: 'docs', prefix: 'in/' };
    await memory.addBucket('profile:dev', place);
    shared.tell();
    await memory.removeBucket('profile:dev', place);
    await memoryOf(other).setExpirySeconds(900);
    const read = memoryOf(shared.open());
    assert.deepEqual(read.addedBuckets('profile:dev'), [place], 'the older state was written back');
    await shared.settles(() => read.addedBuckets('profile:dev').length === 0, 'the removal');
  });
});

describe('state stored earlier', () => {
  it('is read unchanged', () => {
    const state = new SharedState({
      connections: [connection('mine')],
      addedBuckets: { 'profile:dev': [{ bucket: 'docs', prefix: '' }] },
      recentLinks: [link('a.txt')],
    }).open();
    const memory = memoryOf(state);
    assert.deepEqual(new Connections(state, noSecrets()).get('mine'), connection('mine'));
    assert.deepEqual(memory.addedBuckets('profile:dev'), [{ bucket: 'docs', prefix: '' }]);
    assert.deepEqual(memory.recentLinks, [link('a.txt')]);
  });
});
