import assert from 'node:assert/strict';
import { commandIds } from '../../src/ui/ids.js';
import { alice, temporary } from '../support/identities.js';
import { poll } from '../support/poll.js';
import type { Driver } from '../host/driver/driver.js';
import type { QuickInput } from '../host/driver/protocol.js';
import { assertNothingCopied, markClipboard } from './support/clipboard.js';
import { askExpiry, copiedLink, copyLink, hasExpiries, scopeOf, signedAt } from './support/links.js';
import { chooseItem } from './support/lists.js';
import { listMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { setSetting } from './support/settings.js';
import { openView, selectProfile } from './support/view.js';
import { driverFor, startCommand, type RunningCommand } from './support/window.js';

const { copyPresignedGetUrl, copyPresignedPutUrl, createPresignedUrl, showRecentLinks, clearRecentLinks } =
  commandIds;
const hello = objectRow('docs', 'hello.txt');

/** Opens the list of links. */
async function openRecent(
  driver: Driver,
): Promise<{ readonly running: RunningCommand; readonly shown: QuickInput }> {
  const running = startCommand(showRecentLinks);
  const shown = await driver.waitForQuickInput(
    ({ title, items }) => title === 'Recent Links' && items.length > 0,
  );
  return { running, shown };
}

/** Opens the actions for a link of the list; gives the detail of Copy Again. */
async function openActions(
  driver: Driver,
  name: string,
): Promise<{ readonly running: RunningCommand; readonly detail: string }> {
  await markClipboard();
  const { running } = await openRecent(driver);
  await chooseItem(driver, name);
  const { items } = await driver.waitForQuickInput(({ items }) => items[0]?.label === 'Copy Again');
  return { running, detail: items[0]?.detail ?? '' };
}

async function copyAgain(driver: Driver, name: string): Promise<URL> {
  const { running } = await openActions(driver, name);
  await driver.press('Enter');
  await running.ended;
  return copiedLink();
}

describe('recent links', () => {
  beforeEach(() => startCommand(clearRecentLinks).ended);

  it('are listed latest first, and can be made again', async function () {
    const driver = driverFor(this);
    await copyLink(driver, copyPresignedPutUrl, objectRow('docs', 'again.txt'));
    await copyLink(driver, copyPresignedGetUrl, hello);
    const { running, shown } = await openRecent(driver);
    const labels = shown.items.map(({ label }) => label);
    assert.deepEqual(
      labels.map((label) => label.replace(/^\W+/, '')),
      ['GET s3://docs/hello.txt', 'PUT s3://docs/again.txt'],
    );
    assert.match(shown.items[0]?.description ?? '', /^expires at /);
    assert.match(shown.items[0]?.detail ?? '', /^Download \(GET\), created .+ with profile default$/);
    await driver.press('Escape');
    await running.ended;
    const again = await openActions(driver, 'hello.txt');
    assert.match(again.detail, /^Creates a new link, valid for .+, with profile default\.$/);
    await driver.press('Enter');
    await again.running.ended;
    const link = await copiedLink();
    assert.equal(await (await fetch(link)).text(), 'hello');
    await listMessages(driver, 'Copied GET link for s3://docs/hello.txt.');
  });

  it('keep the options of a link and its expiry', async function () {
    const driver = driverFor(this);
    await markClipboard();
    const running = startCommand(createPresignedUrl, hello);
    await chooseItem(driver, 'Download as (GET)');
    await driver.waitForQuickInput(({ items, value }) => items.length === 0 && value !== '');
    await driver.press('Control+A');
    await driver.type('other name.txt');
    await driver.press('Enter');
    await driver.waitForQuickInput(hasExpiries);
    await chooseItem(driver, '15 minutes');
    await running.ended;
    const first = await copiedLink();
    await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'in/first.txt'));
    const link = await copyAgain(driver, 'hello.txt');
    const name = 'response-content-disposition';
    assert.match(link.searchParams.get(name) ?? '', /filename="other name\.txt"/);
    assert.equal(link.searchParams.get(name), first.searchParams.get(name));
    assert.equal(scopeOf(link).expiresSeconds, 900);
  });
});

describe('recent links of another profile', () => {
  beforeEach(() => startCommand(clearRecentLinks).ended);

  it('are signed by the profile they were made with, which gets selected', async function () {
    const driver = driverFor(this);
    await copyLink(driver, copyPresignedGetUrl, hello);
    await openView();
    await selectProfile('token');
    assert.equal(
      scopeOf(await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'in/first.txt'))).accessKeyId,
      temporary.accessKeyId,
    );
    const { running, detail } = await openActions(driver, 'hello.txt');
    assert.match(detail, /^Selects profile default again and creates a new link, valid for /);
    await driver.press('Enter');
    await running.ended;
    assert.equal(scopeOf(await copiedLink()).accessKeyId, alice.accessKeyId);
    assert.equal(scopeOf(await copyLink(driver, copyPresignedGetUrl, hello)).accessKeyId, alice.accessKeyId);
  });
});

describe('the expiry of recent links', () => {
  beforeEach(() => startCommand(clearRecentLinks).ended);

  it('is shown once it has passed', async function () {
    const driver = driverFor(this);
    const { running } = await askExpiry(driver, copyPresignedGetUrl, hello);
    await chooseItem(driver, 'Custom...');
    await driver.waitForQuickInput(({ items }) => items.length === 0);
    await driver.type('1s');
    await driver.press('Enter');
    await running.ended;
    const link = await copiedLink();
    await poll(() => Date.now() > signedAt(link) + 1000, { what: 'the link to end' });
    const list = await openRecent(driver);
    await driver.press('Escape');
    await list.running.ended;
    assert.match(list.shown.items[0]?.description ?? '', /^expired at /);
  });
});

describe('remembered links', () => {
  beforeEach(() => startCommand(clearRecentLinks).ended);
  afterEach(() => setSetting('recentLinks', undefined));

  it('are forgotten when remembering is turned off, and no more are remembered', async function () {
    const driver = driverFor(this);
    await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'in/second.txt'));
    await poll(async () => (await driver.storedState()).includes('endsAtMs'), {
      what: 'the link to be stored',
    });
    await setSetting('recentLinks', false);
    await poll(async () => !(await driver.storedState()).includes('endsAtMs'), {
      what: 'the link to be forgotten',
    });
    await copyLink(driver, copyPresignedGetUrl, hello);
    await markClipboard();
    await startCommand(showRecentLinks).ended;
    await listMessages(driver, 'Links are not remembered: the setting signpost.recentLinks is off.');
    await assertNothingCopied();
  });

  it('are forgotten when the list is cleared', async function () {
    const driver = driverFor(this);
    await copyLink(driver, copyPresignedGetUrl, hello);
    await startCommand(clearRecentLinks).ended;
    await startCommand(showRecentLinks).ended;
    await listMessages(driver, 'No links have been created yet');
    await copyLink(driver, copyPresignedGetUrl, hello);
    const { running } = await openRecent(driver);
    await driver.press('Enter');
    await chooseItem(driver, 'Remove from List');
    await running.ended;
    await listMessages(driver, 'No links have been created yet');
  });

  it('include every link created while remembering is on', async function () {
    const driver = driverFor(this);
    for (const key of ['hello.txt', 'in/first.txt'])
      await copyLink(driver, copyPresignedGetUrl, objectRow('docs', key));
    const { running, shown } = await openRecent(driver);
    assert.equal(shown.items.length, 2);
    await driver.press('Escape');
    await running.ended;
  });
});
