import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import type { StoredConnection } from '../../../src/core/connection/storedConnection.js';
import { Connections } from '../../../src/ui/connection/connections.js';
import { Memory, type RecentLink } from '../../../src/ui/memory.js';
import { MapMemento } from '../support/mapMemento.js';

const dev = { kind: 'profile', name: 'dev' } as const;
const place = { bucket: 'docs', prefix: 'in/' };
const link: RecentLink = {
  ...{ kind: 'get', bucket: 'docs', key: 'a.txt', options: {}, expiresInSeconds: 60, limit: 'none' },
  ...{ source: dev, madeAtMs: 1000, endsAtMs: 61_000 },
};
const connection: StoredConnection = {
  ...{ id: 'mine', name: 'Mine', endpoint: 'https://store.example' },
  ...{ region: 'us-east-1', addressing: 'auto' },
};

/** Values that no version stores. */
const damaged: readonly unknown[] = [
  null,
  'x'.repeat(1000),
  'store.example',
  -7,
  0.5,
  true,
  {},
  [],
  [null],
  [[]],
  [7, { id: 1 }, { kind: 'profile' }],
  { kind: 'profile', name: 7 },
  { kind: 'connection' },
  { kind: 'other', name: 'dev', id: 'dev' },
  { 'profile:dev': null },
  { 'profile:dev': 'x' },
  { 'profile:dev': [null, { bucket: 7, prefix: '' }, { bucket: 'docs' }] },
  JSON.parse('{ "__proto__": [null], "profile:dev": { "length": 1 } }'),
  [{ ...link, source: null }],
  [{ ...link, endsAtMs: 1e300 }],
  [{ ...link, expiresInSeconds: '60' }],
  [{ ...link, options: null }],
  [{ ...connection, endpoint: 'store.example' }],
  [{ ...connection, name: undefined }],
];

const keys = ['source', 'recentLinks', 'clearHosts', 'expirySeconds', 'destinations', 'addedBuckets'];

/** A secret storage that holds the same text under every name. */
function secretsWith(text: string): SecretStorage {
  const nothing = () => Promise.resolve();
  return { get: () => Promise.resolve(text), store: nothing, delete: nothing } as unknown as SecretStorage;
}

function open(stored: Readonly<Record<string, unknown>>) {
  const state = new MapMemento(stored);
  const memory = new Memory({ state, windowState: new MapMemento(stored), machine: '' });
  const connections = new Connections(state, secretsWith('{}'));
  const read = () => ({
    ...{ source: memory.source, recentLinks: memory.recentLinks, clearHosts: memory.clearHosts },
    ...{ expirySeconds: memory.expirySeconds, connections: connections.all },
    ...{ destinations: memory.destinations('profile:dev'), added: memory.addedBuckets('profile:dev') },
  });
  return { memory, connections, read };
}

const nothing = {
  ...{ source: undefined, recentLinks: [], clearHosts: [], expirySeconds: undefined },
  ...{ connections: [], destinations: [], added: [] },
};
const all = {
  ...{ source: dev, recentLinks: [link], clearHosts: ['a.example'], expirySeconds: 60 },
  ...{ connections: [connection], destinations: [place], added: [place] },
};

describe('damaged stored values', () => {
  for (const value of damaged) {
    it(`count as missing, and are replaced by new values: ${JSON.stringify(value).slice(0, 60)}`, async () => {
      const { memory, connections, read } = open(
        Object.fromEntries([...keys, 'connections'].map((key) => [key, value])),
      );
      assert.deepEqual(read(), nothing);
      await memory.forgetSource('profile:dev');
      await memory.setSource(dev);
      await memory.changeRecentLinks((links) => (links.length > 0 ? links : [link]));
      await memory.addClearHost('a.example');
      await memory.setExpirySeconds(60);
      await memory.addDestination('profile:dev', place);
      await memory.addBucket('profile:dev', place);
      await connections.save(connection, { accessKeyId: 'id', secretAccessKey: 'key' });
      assert.deepEqual(read(), all);
    });
  }
});

describe('damaged entries of stored values', () => {
  it('keep the stored entries next to them, even when something is added', async () => {
    const places = { 'profile:dev': [null, place, { bucket: 7 }], 'profile:other': 'x' };
    const { memory, connections, read } = open({
      source: dev,
      expirySeconds: 60,
      recentLinks: [null, link, { id: 1 }],
      clearHosts: [7, 'a.example', null],
      destinations: places,
      addedBuckets: places,
      connections: [{ id: 1 }, connection, null],
    });
    assert.deepEqual(read(), all);
    const [one, other] = [
      { ...connection, id: 'two' },
      { bucket: 'docs', prefix: '' },
    ];
    await memory.changeRecentLinks((links) => (links.length > 1 ? links : [{ ...link, key: 'b' }, ...links]));
    await memory.addClearHost('b.example');
    await memory.addDestination('profile:dev', other);
    await memory.addBucket('profile:dev', other);
    await connections.save(one, { accessKeyId: 'id', secretAccessKey: 'key' });
    assert.deepEqual(read(), {
      ...{ source: dev, expirySeconds: 60, recentLinks: [{ ...link, key: 'b' }, link] },
      ...{ clearHosts: ['a.example', 'b.example'], connections: [connection, one] },
      ...{ destinations: [other, place], added: [place, other] },
    });
  });

  it('are forgotten with the links when remembering is off', async () => {
    for (const recentLinks of [null, 'x', [null]]) {
      const { memory } = open({ recentLinks });
      assert.equal(memory.hasRecentLinks, true);
      await memory.changeRecentLinks(() => []);
      assert.equal(memory.hasRecentLinks, false);
    }
    assert.equal(open({}).memory.hasRecentLinks, false);
  });
});

describe('a connection that another version stored in a different shape', () => {
  it('is kept when another one changes', async () => {
    const later = { id: 'later', endpoints: ['https://store.example'] };
    const state = new MapMemento({ connections: [later, null, connection] });
    const connections = new Connections(state, secretsWith('{}'));
    await connections.remove('mine');
    assert.deepEqual(state.get('connections'), [later]);
    await connections.save(connection, { accessKeyId: 'id', secretAccessKey: 'key' });
    assert.deepEqual([state.get('connections'), connections.all], [[connection, later], [connection]]);
  });

  it('is replaced by one with its ID, and removed with it', async () => {
    const later = { id: 'mine', endpoints: ['https://store.example'] };
    const state = new MapMemento({ connections: [later] });
    const connections = new Connections(state, secretsWith('{}'));
    await connections.save(connection, { accessKeyId: 'id', secretAccessKey: 'key' });
    assert.deepEqual(state.get('connections'), [connection]);
    await state.update('connections', [later]);
    await connections.remove('mine');
    assert.deepEqual(state.get('connections'), []);
  });
});

describe('damaged secrets', () => {
  for (const text of [
    '',
    'x',
    'null',
    '7',
    '[]',
    '{"accessKeyId":"id"}',
    '{"accessKeyId":1,"secretAccessKey":{}}',
  ]) {
    it(`are not keys of a connection: ${text}`, async () => {
      assert.equal(await new Connections(new MapMemento(), secretsWith(text)).keys('mine'), undefined);
    });
  }
});
