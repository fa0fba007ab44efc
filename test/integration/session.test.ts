import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { CancelledError } from '../../src/core/async/cancelled.js';
import { signLink } from '../../src/core/links/sign.js';
import { watchFiles } from '../../src/core/connection/profiles/awsFilesWatch.js';
import type { Session } from '../../src/ui/connection/session.js';
import { commandIds } from '../../src/ui/ids.js';
import { run } from '../../src/ui/run.js';
import { poll } from '../support/poll.js';
import { bob, temporary } from '../support/identities.js';
import { openApp } from './support/app.js';
import { configPath, readConfig, settingsOf, withSection } from './support/awsConfig.js';
import { scopeOf } from './support/links.js';
import { assertNoMessage, listMessages } from './support/notifications.js';
import { Kept, useSessions } from './support/sessions.js';
import { driverFor } from './support/window.js';

const other = { kind: 'profile', name: 'other' } as const;

describe('a connection that a session is opening', () => {
  const open = useSessions();

  it('switches to a profile that is selected while it opens, and signs for no other', async () => {
    const session = open();
    const overtaken = session.connection();
    const selected = session.select(other);
    await assert.rejects(overtaken, { name: 'SourceChangedError' });
    await selected;
    const { source } = await session.connection();
    assert.deepEqual(source, other);
    assert.deepEqual([session.sourceId, session.label], ['profile:other', 'profile other']);
  });

  it('switches to a profile that is selected during the prompt about its endpoint', async () => {
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

  it('is kept when the settings are read again while it opens', async () => {
    const session = open();
    const overtaken = session.connection();
    session.reload();
    // Compared without printing: a connection holds keys and the environment.
    assert.ok((await overtaken) === (await session.connection()), 'they are two connections');
    assert.equal(session.sourceId, 'profile:default');
  });
});

describe('the first command of a session', () => {
  const open = useSessions();

  /** Runs a command that is cancelled by what happens to its session. */
  async function runCancelled(session: Session, cancel: () => void | Promise<void>): Promise<void> {
    const body = async () => {
      await session.connection();
      await cancel();
      throw new CancelledError();
    };
    await run({ session, log: (await openApp()).log }, { id: commandIds.copyLinks, body });
  }

  it('says that a refresh cancelled it', async function () {
    const driver = driverFor(this);
    const session = open();
    await runCancelled(session, () => {
      session.reload();
    });
    const { buttons } = await listMessages(driver, 'The connection was reset before this finished.');
    assert.deepEqual(buttons, ['Retry']);
  });

  it('says nothing when another profile becomes the default', async function () {
    const env = { ...process.env };
    const session = open({ env });
    await runCancelled(session, async () => {
      env.AWS_PROFILE = 'other';
      session.reload();
      await session.connection();
    });
    await assertNoMessage(driverFor(this));
  });

  it('says nothing when the user selects another profile', async function () {
    const session = open();
    await runCancelled(session, () => session.select(other));
    await assertNoMessage(driverFor(this));
  });
});

describe('a button of a message', () => {
  const open = useSessions();

  async function assertRefused(session: Session, change: () => void | Promise<void>): Promise<void> {
    await session.connection();
    const button = session.bindToSource(() => assert.fail('it ran with another source'));
    await change();
    await assert.rejects(button(), { name: 'SourceChangedError' });
  }

  it('does nothing when its source was removed', async () => {
    const session = open();
    await session.select(other);
    await assertRefused(session, () => session.forget(other));
  });

  it('does nothing when the AWS files or the environment name another source', async () => {
    const env = { ...process.env };
    const session = open({ env });
    await assertRefused(session, () => {
      env.AWS_PROFILE = 'other';
      session.reload();
    });
  });
});

describe('a session in which nothing was chosen', () => {
  const open = useSessions();

  it("keeps the AWS CLI's profile when another window chooses one", async () => {
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

async function signerOfLink(session: Session, bucket: string): Promise<string | undefined> {
  const request = { kind: 'get', bucket, key: 'any.txt', expiresInSeconds: 60 } as const;
  const { url } = await signLink(await session.connection(), request);
  return scopeOf(new URL(url)).accessKeyId;
}

describe('two windows in which a profile was chosen', () => {
  const open = useSessions();
  it('each sign with their own, and still do when opened again', async () => {
    const shared = new Kept();
    const ofWindow = new Kept();
    const first = open({ shared, ofWindow });
    const second = open({ shared });
    await first.select({ kind: 'profile', name: 'token' });
    await second.select(other);
    assert.equal(await signerOfLink(first, 'docs'), temporary.accessKeyId);
    assert.equal(await signerOfLink(second, 'theirs'), bob.accessKeyId);
    first.dispose();
    const again = open({ shared, ofWindow });
    assert.equal(await signerOfLink(again, 'docs'), temporary.accessKeyId);
    second.reload();
    assert.equal(await signerOfLink(second, 'theirs'), bob.accessKeyId);
  });
});

describe('a session whose AWS files are edited', () => {
  const open = useSessions();
  let original = '';
  before(async () => {
    original = await readConfig();
  });
  afterEach(() => writeFile(configPath(), original));

  it('keeps its connection until the settings behind its profile change', async () => {
    const session = open();
    await session.select(other);
    const connection = await session.connection();
    let changes = 0;
    session.onDidChange(() => (changes += 1));
    // Checked together with the session, as both watch the same file.
    let looks = 0;
    const watch = watchFiles([configPath()], () => (looks += 1));
    const region = { region: 'eu-west-3' };
    await writeFile(configPath(), withSection(original, 'profile beside', region));
    await poll(() => looks > 0, { what: 'a look at the file' });
    assert.ok((await session.connection()) === connection, 'it is another connection');
    const settings = { ...settingsOf(original, 'profile other'), ...region };
    await writeFile(configPath(), withSection(original, 'profile other', settings));
    // Either may look first.
    await poll(() => changes > 0 && looks > 1, { what: 'the session and the watch to notice' });
    watch.dispose();
    assert.equal((await session.connection()).settings.region, 'eu-west-3');
    assert.deepEqual([looks, changes], [2, 1]);
  });
});

async function untilAsked(questions: readonly unknown[], count = 1): Promise<void> {
  await poll(() => questions.length >= count, { what: 'the question' });
}
