import assert from 'node:assert/strict';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { assertNothingCopied } from './support/clipboard.js';
import { askExpiry, copiedLink, scopeOf, signedAt } from './support/links.js';
import { assertNoMessage } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { setSetting } from './support/settings.js';
import { driverFor, type RunningCommand } from './support/window.js';

const hello = objectRow('docs', 'hello.txt');

/** The offered expiries in order; nothing is chosen. */
async function offered(driver: Driver): Promise<readonly string[]> {
  const { running, question } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
  await driver.press('Escape');
  await running.ended;
  return question.items.map(({ label }) => label);
}

async function askCustom(driver: Driver): Promise<RunningCommand> {
  const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
  await driver.type('Custom');
  await driver.waitForQuickInput(({ items }) => items.length === 1);
  await driver.press('Enter');
  await driver.waitForQuickInput(({ message }) => message.includes('How long the link is valid'));
  return running;
}

describe('the expiry that is offered first', () => {
  afterEach(() => setSetting('defaultExpiry', undefined));

  it('is one hour by default', async function () {
    const driver = driverFor(this);
    const { running, question } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
    await driver.press('Escape');
    await running.ended;
    assert.deepEqual(
      question.items.map(({ label }) => label),
      ['1 hour', '15 minutes', '12 hours', '1 day', '7 days', 'Custom...'],
    );
    for (const { description } of question.items.slice(0, -1))
      assert.match(description, /^until .*\d\d:\d\d$/);
  });

  for (const [setting, first] of [
    ['2d', '2 days'],
    ['15m', '15 minutes'],
    ['8d', '1 hour'],
    ['soon', '1 hour'],
    // A settings file may contain anything.
    [90, '1 hour 30 minutes'],
    [null, '1 hour'],
    [{}, '1 hour'],
  ] as const) {
    it(`is ${first} where the setting is ${JSON.stringify(setting)}`, async function () {
      const driver = driverFor(this);
      await setSetting('defaultExpiry', setting);
      assert.equal((await offered(driver))[0], first);
    });
  }

  it('is the last choice, which also applies to the link', async function () {
    const driver = driverFor(this);
    const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, hello);
    await driver.type('12 hours');
    await driver.waitForQuickInput(({ items }) => items.length === 1);
    await driver.press('Enter');
    await running.ended;
    assert.equal(scopeOf(await copiedLink()).expiresSeconds, 43_200);
    await setSetting('defaultExpiry', '2d');
    assert.deepEqual((await offered(driver)).slice(0, 2), ['12 hours', '15 minutes']);
  });
});

// How texts are read, and why some are refused, is tested without a window.
const accepted = [
  { text: '1h 30m', seconds: 5400, says: '1 hour', label: '1 hour 30 minutes' },
  { text: '45', seconds: 2700, says: 'A number alone means minutes', label: '45 minutes' },
] as const;

const refused = { text: '8d', says: 'at most 7 days' } as const;

describe('a custom expiry', () => {
  for (const { text, seconds, says, label } of accepted) {
    it(`may be ${text}, and is offered first the next time`, async function () {
      const driver = driverFor(this);
      const running = await askCustom(driver);
      await driver.type(text);
      await driver.waitForQuickInput(({ message }) => message.includes(says));
      await driver.press('Enter');
      await running.ended;
      assert.equal(scopeOf(await copiedLink()).expiresSeconds, seconds);
      assert.equal((await offered(driver))[0], label);
    });
  }

  it('is refused when it is invalid', async function () {
    const driver = driverFor(this);
    const running = await askCustom(driver);
    await driver.type(refused.text);
    await driver.waitForQuickInput(({ message }) => message.includes(refused.says));
    await driver.press('Enter');
    await driver.press('Escape');
    await running.ended;
    await assertNothingCopied();
    await assertNoMessage(driver);
  });

  it('may be the date and time in the prompt, and the link expires then', async function () {
    const driver = driverFor(this);
    const running = await askCustom(driver);
    const { message } = await driver.waitForQuickInput();
    const [typed = '', example = ''] = /(\d{4}-\d\d-\d\d \d\d:\d\d)/.exec(message) ?? [];
    await driver.type(typed);
    await driver.waitForQuickInput(({ message }) => message.startsWith('The link is valid for'));
    await driver.press('Enter');
    await running.ended;
    const link = await copiedLink();
    const end = signedAt(link) + scopeOf(link).expiresSeconds * 1000;
    const offMs = end - new Date(example).getTime();
    assert.ok(Math.abs(offMs) < 30_000, `the link expires ${offMs} ms after the time that was typed`);
  });
});
