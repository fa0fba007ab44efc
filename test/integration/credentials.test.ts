import assert from 'node:assert/strict';
import { describeCredentials } from '../../src/ui/connection/credentialsText.js';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import type { QuickInput } from '../host/driver/protocol.js';
import { timeOfDay } from '../support/signedLinks.js';
import { assertNothingCopied } from './support/clipboard.js';
import { soonExpiry, useExpiringKeys } from './support/expiringKeys.js';
import { findLeaks } from './support/leaks.js';
import { askExpiry, copiedLink, rememberExpiry, scopeOf, signedAt } from './support/links.js';
import { shownMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { setSetting } from './support/settings.js';
import { statusText, waitForStatus } from './support/statusBar.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor } from './support/window.js';

const hello = objectRow('docs', 'hello.txt');

/** Copies a link with an expiry from the list. */
async function copyFor(driver: Driver, label: string): Promise<URL> {
  const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
  await driver.type(label);
  await driver.waitForQuickInput(({ items }) => items.length === 1 && items[0]?.label === label);
  await driver.press('Enter');
  await running.ended;
  return copiedLink();
}

/** Copies a link with an expiry that is typed. */
async function copyForTyped(driver: Driver, text: string, says: RegExp): Promise<URL> {
  const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
  await driver.type('Custom');
  await driver.waitForQuickInput(({ items }) => items.length === 1);
  await driver.press('Enter');
  await driver.waitForQuickInput(({ message }) => message.includes('How long the link is valid'));
  await driver.type(text);
  await driver.waitForQuickInput(({ message }) => says.test(message));
  await driver.press('Enter');
  await running.ended;
  return copiedLink();
}

/** Asserts that a single message is shown about the last copied link. */
async function assertSaid(driver: Driver, sentence: RegExp): Promise<void> {
  const messages = await shownMessages(driver);
  assert.equal(messages.length, 1);
  assert.match(messages[0]?.message ?? '', sentence);
  assert.deepEqual(findLeaks(JSON.stringify(messages)), []);
}

/** The offered expiries, with their notes about the credentials; nothing is chosen. */
async function offeredOnceEndIsKnown(driver: Driver): Promise<QuickInput['items']> {
  const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
  const { items } = await driver.waitForQuickInput(({ items }) =>
    items.some(({ description }) => description.startsWith('but ')),
  );
  await driver.press('Escape');
  await running.ended;
  return items;
}

function trueEnd(): RegExp {
  return new RegExp(
    `Expires at .*${timeOfDay(soonExpiry())} \\(in .*\\b(minutes?|seconds?)\\), with the credentials of profile soon\\.$`,
  );
}

describe('keys that expire in ten minutes', () => {
  useExpiringKeys();
  afterEach(() => setSetting('shortenToCredentials', undefined));

  it('sign a shorter link as chosen', async function () {
    const driver = driverFor(this);
    await selectProfile('soon');
    const link = await copyForTyped(driver, '2m', /^The link is valid for 2 minutes, until .*\.$/);
    assert.equal(scopeOf(link).expiresSeconds, 120);
    await assertSaid(driver, /Expires at .*\d\d:\d\d \(in 2 minutes\)\.$/);
  });

  it('are mentioned next to each longer expiry', async function () {
    const driver = driverFor(this);
    await rememberExpiry(120);
    await selectProfile('soon');
    const items = await offeredOnceEndIsKnown(driver);
    const [shorter, ...longer] = items.slice(0, -1);
    assert.equal(shorter?.label, '2 minutes');
    assert.match(shorter.description, /^until .*\d\d:\d\d$/);
    assert.equal(longer.length, 5);
    for (const { description } of longer) {
      assert.match(description, new RegExp(`^but these credentials expire at .*${timeOfDay(soonExpiry())}$`));
    }
  });

  it('sign a longer link for the time they have left', async function () {
    const driver = driverFor(this);
    await selectProfile('soon');
    const told = new RegExp(
      `^The link would be valid for 12 hours, but these credentials expire at .*${timeOfDay(soonExpiry())}\\.$`,
    );
    const link = await copyForTyped(driver, '12h', told);
    assert.equal(signedAt(link) + scopeOf(link).expiresSeconds * 1000, soonExpiry().getTime());
    assert.equal(await (await fetch(link)).text(), 'hello');
    await assertSaid(driver, trueEnd());
  });

  it('sign it as chosen if the setting says so, and their expiry is still shown', async function () {
    const driver = driverFor(this);
    await setSetting('shortenToCredentials', false);
    await selectProfile('soon');
    const link = await copyFor(driver, '12 hours');
    assert.equal(scopeOf(link).expiresSeconds, 43_200);
    assert.equal(await (await fetch(link)).text(), 'hello');
    await assertSaid(driver, trueEnd());
  });
});

describe('the status bar', () => {
  useExpiringKeys();

  it('counts down the time left for temporary keys, and shows nothing for keys that do not expire', async function () {
    const driver = driverFor(this);
    await openView();
    await selectProfile('soon');
    await waitForStatus(driver, /^S3: \d+ minutes?$/);
    await selectProfile('default');
    await waitForStatus(driver, /^$/);
    await waitForRows(driver, (names) => names.includes('docs'));
    assert.equal(await statusText(driver), '');
  });
});

describe('expired keys', () => {
  useExpiringKeys();

  it('sign nothing, and a message says so once', async function () {
    const driver = driverFor(this);
    await selectProfile('past');
    const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
    await driver.press('Enter');
    await running.ended;
    await assertNothingCopied();
    await assertSaid(driver, /^The credentials have expired, so nothing was signed\./);
    await waitForStatus(driver, /^S3: expired$/);
  });
});

describe('the text in the status bar', () => {
  const label = 'profile dev';
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 10_000);

  for (const [what, { minutes, usesSignIn }, clockOffsetMs, text] of [
    ['valid keys', { minutes: 10, usesSignIn: true }, 0, '$(key) S3: 10 minutes'],
    ['expired keys of a sign-in', { minutes: -1, usesSignIn: true }, 0, '$(key) S3: Sign In'],
    ['other expired keys', { minutes: -1, usesSignIn: false }, 0, '$(key) S3: expired'],
    [
      "valid keys when the server's clock is ahead",
      { minutes: 10, usesSignIn: true },
      300_000,
      '$(key) S3: 5 minutes',
    ],
    [
      "expired keys when the server's clock is ahead",
      { minutes: 4, usesSignIn: false },
      300_000,
      '$(key) S3: expired',
    ],
  ] as const) {
    it(`is right for ${what}`, () => {
      const state = { kind: 'at', at: inMinutes(minutes), usesSignIn } as const;
      const shown = describeCredentials({ label, state, clockOffsetMs });
      assert.equal(shown.text, text);
    });
  }
});

describe('temporary keys without a known expiry', () => {
  it('sign with a note about it', async function () {
    const driver = driverFor(this);
    await openView();
    await selectProfile('token');
    const link = await copyFor(driver, '12 hours');
    assert.equal(scopeOf(link).expiresSeconds, 43_200);
    await assertSaid(driver, /\(in 12 hours\), unless its temporary credentials expire sooner\.$/);
    await waitForStatus(driver, /^S3: temporary$/);
  });
});
