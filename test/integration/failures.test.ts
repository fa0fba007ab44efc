import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { poll } from '../support/poll.js';
import { assertNothingCopied, markClipboard } from './support/clipboard.js';
import { findLeaks } from './support/leaks.js';
import { hasExpiries } from './support/links.js';
import { assertNoMessage, listMessages, shownMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const hello = objectRow('docs', 'hello.txt');

const problemRows = [
  { profile: 'denied', sentence: /denied access/ },
  { profile: 'wrong', sentence: /rejected the signature/ },
  { profile: 'expired', sentence: /temporary credentials .* have expired/ },
  { profile: 'down', sentence: /Nothing answers at the endpoint/ },
  { profile: 'keyless', sentence: /Profile "keyless" has no credentials/ },
  { profile: 'nowhere', sentence: /The endpoint "nowhere" is not a URL/ },
] as const;

const messages = [
  { profile: 'down', sentence: /Nothing answers at the endpoint/, button: 'Retry' },
  { profile: 'keyless', sentence: /Profile "keyless" has no credentials/, button: 'Open AWS Config File' },
  { profile: 'nowhere', sentence: /The endpoint "nowhere" is not a URL/, button: 'Open AWS Config File' },
] as const;

describe('a profile whose buckets cannot be listed', () => {
  for (const { profile, sentence } of problemRows) {
    it(`has one row with the reason: ${profile}`, async function () {
      const driver = driverFor(this);
      await openView();
      await selectProfile(profile);
      const names = await waitForRows(
        driver,
        ([name = '', ...others]) => sentence.test(name) && others.length === 0,
      );
      assert.deepEqual(findLeaks(names.join('\n')), []);
      await assertNoMessage(driver);
    });
  }

  it('still accepts a bucket name', async function () {
    const driver = driverFor(this);
    await selectProfile('denied');
    await markClipboard();
    const running = startCommand(commandIds.createPresignedUrl);
    await driver.waitForQuickInput(({ items }) =>
      items.some(({ label, detail }) => label.includes('Type a name') && detail.includes('denied access')),
    );
    await driver.type('docs');
    await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === 'Use bucket docs'));
    await driver.press('Enter');
    await driver.waitForQuickInput(({ placeholder }) => placeholder === 'Object key in docs');
    await driver.press('Escape');
    await running.ended;
    await assertNothingCopied();
    await assertNoMessage(driver);
  });
});

describe('a link that cannot be signed', () => {
  for (const { profile, sentence, button } of messages) {
    it(`causes one message with one button: ${profile}`, async function () {
      const driver = driverFor(this);
      await selectProfile(profile);
      await markClipboard();
      const running = startCommand(commandIds.copyPresignedGetUrl, hello);
      const asked = await poll(
        async () => ((await driver.quickInput()) === undefined ? running.hasEnded() && 'no' : 'yes'),
        { what: 'the question or the end' },
      );
      if (asked === 'yes') await driver.press('Enter');
      await running.ended;
      await assertNothingCopied();
      const shown = await shownMessages(driver);
      assert.equal(shown.length, 1);
      assert.match(shown[0]?.message ?? '', sentence);
      assert.deepEqual(shown[0]?.buttons, [button]);
      assert.deepEqual(findLeaks(JSON.stringify(shown)), []);
    });
  }
});

describe('a message about a failed link', () => {
  it('retries on request, with the same answers', async function () {
    const driver = driverFor(this);
    await selectProfile('down');
    const running = startCommand(commandIds.copyPresignedGetUrl, hello);
    await driver.waitForQuickInput(hasExpiries);
    await driver.press('Enter');
    await running.ended;
    await listMessages(driver, 'Nothing answers at the endpoint');
    const failures = async () =>
      (await driver.logText()).split(`${commandIds.copyPresignedGetUrl} failed`).length;
    const before = await failures();
    await driver.clickNotificationButton('Retry');
    // The same failure again, without another prompt.
    await poll(async () => (await failures()) > before, { what: 'the second failure' });
    assert.equal(await driver.quickInput(), undefined);
    await listMessages(driver, 'Nothing answers at the endpoint');
  });
});

describe('a link to an empty key', () => {
  it('is refused', async function () {
    const driver = driverFor(this);
    await markClipboard();
    const running = startCommand(commandIds.copyPresignedGetUrl, objectRow('docs', ''));
    await driver.waitForQuickInput(hasExpiries);
    await driver.press('Enter');
    await running.ended;
    await assertNothingCopied();
    const shown = await shownMessages(driver);
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.message ?? '', /The object key is empty/);
  });
});

describe('an AWS config file without the profile', () => {
  it('is reported in a row, until the profile is back', async function () {
    const driver = driverFor(this);
    const path = process.env.AWS_CONFIG_FILE;
    assert.ok(path !== undefined);
    const text = await readFile(path, 'utf8');
    await selectProfile('default');
    await openView();
    try {
      await writeFile(path, '');
      await commands.executeCommand(commandIds.refresh);
      await waitForRows(driver, (names) =>
        names.some((name) => name.includes('Profile "default" does not exist')),
      );
    } finally {
      await writeFile(path, text);
    }
    await commands.executeCommand(commandIds.refresh);
    await waitForRows(driver, (names) => names.includes('docs'));
    await assertNoMessage(driver);
  });
});
