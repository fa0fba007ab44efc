import assert from 'node:assert/strict';
import { describeCredentials } from '../../src/ui/connection/credentialsText.js';
import { commandIds } from '../../src/ui/ids.js';
import { poll } from '../host/poll.js';
import type { Driver } from '../host/driver/driver.js';
import type { QuickInput } from '../host/driver/protocol.js';
import { identities } from '../host/s3/identities.js';
import { aheadMs } from '../host/s3/servers.js';
import { readConfig, settingsOf, withSection, writeConfig } from './support/awsConfig.js';
import { assertNothingCopied } from './support/clipboard.js';
import { findLeaks } from './support/leaks.js';
import { askExpiry, copiedLink, copyLink, scopeOf, signedAt } from './support/links.js';
import { shownMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { setSetting } from './support/settings.js';
import { statusText, waitForStatus } from './support/statusBar.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const hello = objectRow('docs', 'hello.txt');

async function backToDefault(this: Mocha.Context): Promise<void> {
  await selectProfile(driverFor(this), 'default');
}

/** When the keys of the profile `soon` end; those of `past` have. AWS writes whole seconds. */
let soon = new Date(0);

/** Adds profiles whose temporary keys have an end, for the tests of one suite. */
function useEndingKeys(): void {
  let original = '';
  before(async function () {
    const driver = driverFor(this);
    await openView();
    await selectProfile(driver, 'default');
    original = await readConfig();
    soon = new Date((Math.floor(Date.now() / 1000) + 600) * 1000);
    const token = settingsOf(original, 'profile token');
    const ending = (end: Date) => ({ ...token, aws_expiration: end.toISOString() });
    const withSoon = withSection(original, 'profile soon', ending(soon));
    await writeConfig(withSection(withSoon, 'profile past', ending(new Date(Date.now() - 3_600_000))));
  });
  afterEach(backToDefault);
  after(() => writeConfig(original));
}

function timeOf(moment: Date): string {
  return [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Copies a link with an expiry from the list. */
async function copyFor(driver: Driver, label: string): Promise<URL> {
  const { running } = await askExpiry(driver, commandIds.copyGetLink, hello);
  await driver.type(label);
  await driver.waitForQuickInput(({ items }) => items.length === 1 && items[0]?.label === label);
  await driver.press('Enter');
  await running.ended;
  return copiedLink();
}

/** Copies a link with an expiry that is typed. */
async function copyForTyped(driver: Driver, text: string, says: RegExp): Promise<URL> {
  const { running } = await askExpiry(driver, commandIds.copyGetLink, hello);
  await driver.type('Custom');
  await driver.waitForQuickInput(({ items }) => items.length === 1);
  await driver.press('Enter');
  await driver.waitForQuickInput(({ message }) => message.includes('How long the link works'));
  await driver.type(text);
  await driver.waitForQuickInput(({ message }) => says.test(message));
  await driver.press('Enter');
  await running.ended;
  return copiedLink();
}

/** The one sentence about the link that was copied last. */
async function assertSaid(driver: Driver, sentence: RegExp): Promise<void> {
  const messages = await shownMessages(driver);
  assert.equal(messages.length, 1);
  assert.match(messages[0]?.message ?? '', sentence);
  assert.deepEqual(findLeaks(JSON.stringify(messages)), []);
}

function trueEnd(): RegExp {
  return new RegExp(
    `copied\\. It works until .*${timeOf(soon)} \\(.*\\b(minutes?|seconds?)\\): the credentials of profile soon end then\\.$`,
  );
}

describe('keys that end in ten minutes', () => {
  useEndingKeys();
  afterEach(() => setSetting('shortenToCredentials', undefined));

  it('sign a shorter link as it was chosen', async function () {
    const driver = driverFor(this);
    await selectProfile(driver, 'soon');
    const link = await copyForTyped(driver, '2m', /^The link works until .* \(2 minutes\)\.$/);
    assert.equal(scopeOf(link).expiresSeconds, 120);
    await assertSaid(driver, /It works until .*\d\d:\d\d \(2 minutes\)\.$/);
  });

  it('are told beside each longer expiry', async function () {
    const driver = driverFor(this);
    await selectProfile(driver, 'soon');
    const { running } = await askExpiry(driver, commandIds.copyGetLink, hello);
    const { items } = await driver.waitForQuickInput(({ items }) =>
      items.some(({ description }) => description.startsWith('but ')),
    );
    await driver.press('Escape');
    await running.ended;
    const [shorter, ...longer] = items.slice(0, -1);
    assert.equal(shorter?.label, '2 minutes');
    assert.match(shorter.description, /^until .*\d\d:\d\d$/);
    assert.equal(longer.length, 5);
    for (const { description } of longer) {
      assert.match(description, new RegExp(`^but these credentials end at .*${timeOf(soon)}$`));
    }
  });

  it('sign a longer link for what is left of them', async function () {
    const driver = driverFor(this);
    await selectProfile(driver, 'soon');
    const told = new RegExp(`^12 hours, but these credentials end at .*${timeOf(soon)}\\.$`);
    const link = await copyForTyped(driver, '12h', told);
    assert.equal(signedAt(link) + scopeOf(link).expiresSeconds * 1000, soon.getTime());
    assert.equal(await (await fetch(link)).text(), 'hello');
    await assertSaid(driver, trueEnd());
  });

  it('sign it as it was chosen where the setting says so, and their end is still told', async function () {
    const driver = driverFor(this);
    await setSetting('shortenToCredentials', false);
    await selectProfile(driver, 'soon');
    const link = await copyFor(driver, '12 hours');
    assert.equal(scopeOf(link).expiresSeconds, 43_200);
    assert.equal(await (await fetch(link)).text(), 'hello');
    await assertSaid(driver, trueEnd());
  });
});

describe('the status bar', () => {
  useEndingKeys();

  it('counts down what is left of temporary keys, and is silent for keys without an end', async function () {
    const driver = driverFor(this);
    await openView();
    await selectProfile(driver, 'soon');
    await waitForStatus(driver, /^S3: \d+ minutes?$/);
    await selectProfile(driver, 'default');
    await waitForStatus(driver, /^$/);
    await waitForRows(driver, (names) => names.includes('docs'));
    assert.equal(await statusText(driver), '');
  });
});

describe('keys that have ended', () => {
  useEndingKeys();

  it('sign nothing, and say so once', async function () {
    const driver = driverFor(this);
    await selectProfile(driver, 'past');
    const { running } = await askExpiry(driver, commandIds.copyGetLink, hello);
    await driver.press('Enter');
    await running.ended;
    await assertNothingCopied();
    await assertSaid(driver, /^The credentials have ended, so nothing was signed\./);
    await waitForStatus(driver, /^S3: ended$/);
  });
});

describe('the words of the status bar', () => {
  const label = 'profile dev';
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 10_000);

  for (const [what, { minutes, bySignIn }, clockOffsetMs, text] of [
    ['keys that last', { minutes: 10, bySignIn: true }, 0, '$(key) S3: 10 minutes'],
    ['keys of a sign-in that have ended', { minutes: -1, bySignIn: true }, 0, '$(key) S3: Sign In'],
    ['other keys that have ended', { minutes: -1, bySignIn: false }, 0, '$(key) S3: ended'],
    ['keys of a server ahead of us', { minutes: 10, bySignIn: true }, 300_000, '$(key) S3: 5 minutes'],
    ['ended keys of a server ahead', { minutes: 4, bySignIn: false }, 300_000, '$(key) S3: ended'],
  ] as const) {
    it(`are right for ${what}`, () => {
      const state = { kind: 'at', at: inMinutes(minutes), bySignIn } as const;
      const shown = describeCredentials({ label, state, clockOffsetMs });
      assert.equal(shown.text, text);
    });
  }
});

describe('temporary keys without a known end', () => {
  afterEach(backToDefault);

  it('sign with the words that tell it', async function () {
    const driver = driverFor(this);
    await openView();
    await selectProfile(driver, 'token');
    const link = await copyFor(driver, '12 hours');
    assert.equal(scopeOf(link).expiresSeconds, 43_200);
    await assertSaid(
      driver,
      /\(12 hours\), or ends when these temporary credentials end; when is not known\.$/,
    );
    await waitForStatus(driver, /^S3: temporary$/);
  });
});

/** What is shown of the connection. */
async function details(driver: Driver): Promise<QuickInput> {
  const running = startCommand(commandIds.showConnectionDetails);
  const shown = await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === 'Clock'));
  await driver.press('Escape');
  await running.ended;
  return shown;
}

/** The rows may still be those of the profile before, whose names are the same. */
function detailsOnceAnswered(driver: Driver): Promise<QuickInput> {
  const isAnswered = ({ items }: QuickInput) =>
    items.every(({ description }) => description !== 'not known yet');
  return poll(
    async () => {
      const shown = await details(driver);
      return isAnswered(shown) && shown;
    },
    { what: 'the server to answer', limitMs: 20_000 },
  );
}

describe('the details of a connection', () => {
  useEndingKeys();

  it('do not pretend to know the clock of a server that never answered', async function () {
    const driver = driverFor(this);
    await selectProfile(driver, 'down');
    const { items } = await details(driver);
    assert.equal(items.find(({ label }) => label === 'Clock')?.description, 'not known yet');
  });

  for (const [profile, accessKeyId, end] of [
    ['default', identities.alice.accessKeyId, /^long-term$/],
    ['token', identities.temporary.accessKeyId, /^temporary; when they end is not known$/],
    ['soon', identities.temporary.accessKeyId, /^temporary, until .*\d\d:\d\d$/],
    ['past', identities.temporary.accessKeyId, /^temporary, ended at .*\d\d:\d\d$/],
  ] as const) {
    it(`tell who signs and where, and no secret: ${profile}`, async function () {
      const driver = driverFor(this);
      await openView();
      await selectProfile(driver, profile);
      const shown = await detailsOnceAnswered(driver);
      const facts = new Map(shown.items.map(({ label, description }) => [label, description]));
      assert.match(facts.get('Credentials') ?? '', end);
      facts.delete('Credentials');
      const { endpoint_url: endpoint } = settingsOf(await readConfig(), 'default');
      assert.deepEqual(Object.fromEntries(facts), {
        'Signs as': profile === 'default' ? 'profile default' : `profile ${profile}`,
        'Signs with': `keys of profile ${profile}`,
        Key: `ends in ${accessKeyId.slice(-4)}`,
        Endpoint: endpoint,
        Region: 'us-east-1',
        Clock: 'agrees with S3',
      });
      const text = JSON.stringify(shown);
      assert.deepEqual(findLeaks(text), []);
      assert.equal(text.includes(accessKeyId.slice(0, -4)), false, 'the whole key is shown');
    });
  }
});

describe('a server whose clock is five minutes ahead', () => {
  const behind = /This machine's clock is (?:4 minutes 5\d seconds|5 minutes.*) behind S3's\./;
  afterEach(backToDefault);

  it('is told in the status bar, and links work by its time', async function () {
    const driver = driverFor(this);
    await openView();
    await selectProfile(driver, 'ahead');
    await waitForRows(driver, (names) => names.join() === 'early');
    await poll(
      async () => behind.test((await driver.visibleText('.part.statusbar .statusbar-item')).join('\n')),
      {
        what: 'the status bar to tell of the clock',
        limitMs: 10_000,
      },
    );
    const before = Date.now();
    const bird = objectRow('early', 'bird.txt');
    const link = await copyLink(driver, commandIds.copyGetLink, bird);
    const aheadOfUs = signedAt(link) - before;
    assert.ok(Math.abs(aheadOfUs - aheadMs) < 30_000, `signed ${aheadOfUs} ms ahead`);
    assert.equal(await (await fetch(link)).text(), 'worm');
    const { items } = await details(driver);
    assert.match(items.find(({ label }) => label === 'Clock')?.description ?? '', /behind S3$/);
    const refreshed = startCommand(commandIds.refresh);
    await refreshed.ended;
    await copyLink(driver, commandIds.copyGetLink, bird);
    const told = (await shownMessages(driver)).filter(({ message }) => message.includes("behind S3's"));
    assert.deepEqual(told, []);
  });
});
