import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { Memento, SecretStorage, SecretStorageChangeEvent } from 'vscode';
import { EventEmitter } from 'vscode';
import { watchFiles } from '../../src/ui/connection/awsFilesWatch.js';
import { Connections } from '../../src/ui/connection/connections.js';
import { Memory } from '../../src/ui/memory.js';
import { Session } from '../../src/ui/connection/session.js';
import { poll } from '../host/poll.js';
import { configPath, readConfig, settingsOf, withSection } from './support/awsConfig.js';

/** What the editor keeps, of a window that nobody opens again. */
class Kept implements Memento, SecretStorage {
  readonly #values = new Map<string, unknown>();
  readonly onDidChange = new EventEmitter<SecretStorageChangeEvent>().event;

  keys(): never {
    return [...this.#values.keys()] as never;
  }

  get(key: string, defaultValue?: unknown): never {
    // Whoever reads names the type.
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

const other = { kind: 'profile', name: 'other' } as const;

interface Opening {
  readonly allowEndpoints?: () => Promise<void>;
  /** What all windows share. */
  readonly shared?: Kept;
}

/** Opens sessions that end with the test. */
function useSessions(): (opening?: Opening) => Session {
  const sessions: Session[] = [];
  afterEach(() => {
    for (const session of sessions.splice(0)) session.dispose();
  });

  return function open({ allowEndpoints = () => Promise.resolve(), shared = new Kept() } = {}): Session {
    const session = new Session({
      memory: new Memory({ state: shared, windowState: new Kept(), machine: '' }),
      connections: new Connections(shared, shared),
      version: '0.0.0',
      env: process.env,
      allowEndpoints,
    });
    sessions.push(session);
    return session;
  };
}

describe('a session whose connection is asked for', () => {
  const open = useSessions();

  it('is that of the profile that is selected meanwhile, and signs for nobody else', async () => {
    const session = open();
    const overtaken = session.connection();
    const selected = session.select(other);
    await assert.rejects(overtaken, { name: 'SourceChangedError' });
    await selected;
    const { source } = await session.connection();
    assert.deepEqual(source, other);
    assert.deepEqual([session.sourceId, session.label], ['profile:other', 'profile other']);
  });

  it('while a person is asked about its endpoint, is that of the profile selected meanwhile', async () => {
    const questions: (() => void)[] = [];
    const session = open({ allowEndpoints: () => new Promise((resolve) => questions.push(resolve)) });
    const overtaken = session.connection();
    overtaken.catch(() => undefined);
    await untilAsked(questions);
    const selected = session.select(other);
    const next = session.connection();
    await untilAsked(questions, 2);
    for (const answer of questions) answer();
    await assert.rejects(overtaken, { name: 'SourceChangedError' });
    await selected;
    assert.deepEqual((await next).source, other);
    assert.deepEqual([session.sourceId, session.label], ['profile:other', 'profile other']);
  });

  it('is the one that is open, where the settings are read again meanwhile', async () => {
    const session = open();
    const overtaken = session.connection();
    session.reload();
    // Not shown where it fails: a connection holds keys and the environment.
    assert.ok((await overtaken) === (await session.connection()), 'they are two connections');
    assert.equal(session.sourceId, 'profile:default');
  });
});

describe('a session in which nothing was chosen', () => {
  const open = useSessions();

  it('stays with the profile of the AWS CLI when another window chooses one', async () => {
    const shared = new Kept();
    const [session, otherWindow] = [open({ shared }), open({ shared })];
    const usual = { kind: 'profile', name: 'default' };
    assert.deepEqual((await session.connection()).source, usual);
    await otherWindow.select(other);
    assert.deepEqual(await session.source(), usual);
    session.reload();
    assert.deepEqual((await session.connection()).source, usual);
    assert.deepEqual(await open({ shared }).source(), other);
  });
});

describe('a session whose AWS files are edited', () => {
  const open = useSessions();
  let original = '';
  before(async () => {
    original = await readConfig();
  });
  afterEach(() => writeFile(configPath(), original));

  it('keeps its connection until what its profile stands on is changed', async () => {
    const session = open();
    await session.select(other);
    const connection = await session.connection();
    let changes = 0;
    session.onDidChange(() => (changes += 1));
    // Told together with the session, as both look at one file.
    let looks = 0;
    const watch = watchFiles([configPath()], () => (looks += 1));
    const region = { region: 'eu-west-3' };
    await writeFile(configPath(), withSection(original, 'profile beside', region));
    await poll(() => looks > 0, { what: 'a look at the file', limitMs: 5000 });
    assert.ok((await session.connection()) === connection, 'it is another connection');
    const settings = { ...settingsOf(original, 'profile other'), ...region };
    await writeFile(configPath(), withSection(original, 'profile other', settings));
    await poll(() => changes > 0, { what: 'the session to notice', limitMs: 5000 });
    watch.dispose();
    assert.equal((await session.connection()).settings.region, 'eu-west-3');
    assert.deepEqual([looks, changes], [2, 1]);
  });
});

async function untilAsked(questions: readonly unknown[], count = 1): Promise<void> {
  await poll(() => questions.length >= count, { what: 'the question', limitMs: 5000 });
}
