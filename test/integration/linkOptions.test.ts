import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { commandIds, settingIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { copied, markClipboard } from './support/clipboard.js';
import { copyLink, hasExpiries, linkIn } from './support/links.js';
import { chooseItem } from './support/lists.js';
import { listMessages, shownMessages } from './support/notifications.js';
import { closeEditors } from './support/outcome.js';
import { bucketRow, objectRow } from './support/rows.js';
import { setSetting } from './support/settings.js';
import { driverFor, startCommand, type RunningCommand } from './support/window.js';

const { createPresignedUrl, copyPresignedGetUrl, clearRecentLinks, showRecentLinks } = commandIds;
const hello = objectRow('docs', 'hello.txt');

/** Chooses what a link is for, by the label of a kind or a preset. */
async function startKind(driver: Driver, label: string, row = hello): Promise<RunningCommand> {
  await markClipboard();
  const running = startCommand(createPresignedUrl, row);
  await chooseItem(driver, label);
  return running;
}

async function finish(driver: Driver, running: RunningCommand): Promise<void> {
  await driver.waitForQuickInput(hasExpiries);
  await driver.press('Enter');
  await running.ended;
}

async function fill(driver: Driver, text: string): Promise<void> {
  await driver.waitForQuickInput();
  await driver.press('Control+A');
  await driver.type(text);
  await driver.waitForQuickInput(({ value }) => value === text);
}

/** The key that the upload form on the clipboard writes to. */
async function formKey(): Promise<string | undefined> {
  const { url, fields } = JSON.parse((await copied()) ?? '{}') as {
    url: string;
    fields?: Record<string, string>;
  };
  linkIn(url);
  return fields?.key;
}

describe('a preset of a form upload', () => {
  before(() => setSetting('presets', [{ name: 'Inbox', kind: 'post', form: { keyIsPrefix: true } }]));
  after(() => setSetting('presets', undefined));

  it('does not widen one key to every key with that prefix', async function () {
    const driver = driverFor(this);
    const running = await startKind(driver, 'Inbox');
    await chooseItem(driver, 'Exactly this key');
    await finish(driver, running);
    assert.equal(await formKey(), 'hello.txt');
    const [message] = await shownMessages(driver);
    assert.doesNotMatch(message?.message ?? '', /any key/);
  });

  it('covers many keys if that is chosen, and says so', async function () {
    const driver = driverFor(this);
    const running = await startKind(driver, 'Inbox');
    await chooseItem(driver, 'Any key with this prefix');
    await finish(driver, running);
    assert.equal(await formKey(), 'hello.txt${filename}');
    await listMessages(driver, 'It accepts any key that begins with "hello.txt".');
  });

  it('applies to a folder', async function () {
    const driver = driverFor(this);
    const running = await startKind(driver, 'Inbox', objectRow('docs', 'in/'));
    await finish(driver, running);
    assert.equal(await formKey(), 'in/${filename}');
  });
});

describe('a preset with a content type, for exactly one file', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signpost-exact-'));
    await writeFile(join(folder, 'page.html'), '<p>');
    await setSetting('presets', [{ name: 'Own type', kind: 'putExact', contentType: 'text/x-own' }]);
  });
  after(async () => {
    await setSetting('presets', undefined);
    await rm(folder, { recursive: true });
  });
  afterEach(closeEditors);

  it('keeps its type', async function () {
    const driver = driverFor(this);
    await window.showTextDocument(Uri.file(join(folder, 'page.html')));
    const running = await startKind(driver, 'Own type');
    await chooseItem(driver, 'The open file');
    await finish(driver, running);
    linkIn((await copied()) ?? '');
    await listMessages(
      driver,
      'Send the request with these headers: content-type: text/x-own, content-md5: ',
    );
  });
});

describe('an option that no link supports', () => {
  it('is refused in its box, and earlier answers are kept', async function () {
    const driver = driverFor(this);
    const running = await startKind(driver, 'Upload (PUT)');
    await chooseItem(driver, 'Options...');
    await chooseItem(driver, 'Content type');
    await fill(driver, 'text/plain ');
    await driver.press('Enter');
    await driver.waitForQuickInput(({ message }) => message.startsWith('The content type has characters'));
    await fill(driver, 'text/plain');
    await driver.accept();
    await chooseItem(driver, 'Continue');
    await finish(driver, running);
    linkIn((await copied()) ?? '');
    await listMessages(driver, 'Send the request with these headers: content-type: text/plain');
  });
});

describe('saving a preset', () => {
  afterEach(() => setSetting('presets', undefined));

  async function saveWithMetadata(driver: Driver, metadata: string): Promise<void> {
    const running = await startKind(driver, 'Upload (PUT)');
    await chooseItem(driver, 'Options...');
    await chooseItem(driver, 'Metadata');
    await fill(driver, metadata);
    await driver.accept();
    await chooseItem(driver, 'Save as preset...');
    await fill(driver, 'Mine');
    await driver.accept();
    await chooseItem(driver, 'Continue');
    await finish(driver, running);
    linkIn((await copied()) ?? '');
  }

  const written = () => workspace.getConfiguration(settingIds.section).get(settingIds.presets);

  it('writes no secret into the settings, and says so', async function () {
    const driver = driverFor(this);
    await saveWithMetadata(driver, 'token=abcd1234');
    await listMessages(driver, 'The preset was not saved: it may contain a secret');
    assert.deepEqual(written(), []);
  });

  it('leaves a setting that is not a list unchanged, and says so', async function () {
    const driver = driverFor(this);
    await setSetting('presets', { mine: true });
    await saveWithMetadata(driver, 'author=me');
    await listMessages(driver, 'The preset was not saved: the setting signpost.presets is not a list.');
    assert.deepEqual(written(), { mine: true });
  });
});

describe('a presigned URL typed as a key', () => {
  const url = 'https://example.com/docs/a.txt?X-Amz-Signature=abcd1234';

  it('is not accepted as a key', async function () {
    const driver = driverFor(this);
    const running = startCommand(copyPresignedGetUrl, bucketRow('docs'));
    await driver.waitForQuickInput(({ placeholder }) => placeholder === 'Object key in docs');
    await fill(driver, url);
    await driver.waitForQuickInput(
      ({ items }) => items[0]?.label.includes('This is a presigned URL, not a key.') === true,
    );
    await driver.press('Enter');
    await driver.press('Escape');
    await running.ended;
  });

  it('is not remembered even if an object has that name', async function () {
    const driver = driverFor(this);
    await startCommand(clearRecentLinks).ended;
    await copyLink(driver, copyPresignedGetUrl, objectRow('docs', url));
    await startCommand(showRecentLinks).ended;
    await listMessages(driver, 'No links have been created yet');
  });
});
