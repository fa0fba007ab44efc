import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { poll } from '../support/poll.js';
import { alice } from '../support/identities.js';
import { sampleOddKeys } from '../support/oddKeys.js';
import { assertNothingCopied, copied, markClipboard } from './support/clipboard.js';
import { askExpiry, copiedLink, copyLink, hasExpiries, scopeOf } from './support/links.js';
import { chooseItem } from './support/lists.js';
import { assertNoMessage, listMessages, shownMessages } from './support/notifications.js';
import { bucketRow, folderRow, objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { driverFor, startCommand } from './support/window.js';

const { copyPresignedGetUrl, copyPresignedPutUrl, createPresignedUrl } = commandIds;
const hello = objectRow('docs', 'hello.txt');

describe('copying a GET link', () => {
  it('copies one link that works with plain fetch, and says so once', async function () {
    const driver = driverFor(this);
    const link = await copyLink(driver, copyPresignedGetUrl, hello);
    assert.equal(await (await fetch(link)).text(), 'hello');
    const messages = await shownMessages(driver);
    assert.equal(messages.length, 1);
    assert.match(
      messages[0]?.message ?? '',
      /^Copied GET link for s3:\/\/docs\/hello\.txt\. Expires at .+ \(.+\)\.$/,
    );
    assert.deepEqual(messages[0]?.buttons, ['Copy as cURL', 'Copy As...']);
  });

  it('signs in the region of the bucket', async function () {
    const driver = driverFor(this);
    const link = await copyLink(driver, copyPresignedGetUrl, objectRow('eu-docs', 'grüße.txt'));
    assert.equal(scopeOf(link).region, 'eu-central-1');
    assert.equal(scopeOf(link).accessKeyId, alice.accessKeyId);
    assert.equal(await (await fetch(link)).text(), 'grüße');
  });

  it('reaches unusual keys', async function () {
    const driver = driverFor(this);
    for (const what of ['percent', 'double slash', 'NFD', 'trailing slash'] as const) {
      const link = await copyLink(driver, copyPresignedGetUrl, objectRow('odd', sampleOddKeys[what]));
      assert.equal(await (await fetch(link)).text(), what);
    }
  });
});

describe('the prompt for the expiry of a GET link', () => {
  it('appears before any request', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    // Signpost forgets the region of the bucket.
    await commands.executeCommand(commandIds.refresh);
    await s3.clearRequests();
    const { running } = await askExpiry(driver, copyPresignedGetUrl, objectRow('eu-docs', 'grüße.txt'));
    assert.deepEqual(await s3.requests(), []);
    await driver.press('Enter');
    await running.ended;
    await copiedLink();
    assert.deepEqual(
      (await s3.requests()).map(({ operation }) => operation),
      ['HeadBucket'],
    );
  });

  it('copies nothing and says nothing after Esc', async function () {
    const driver = driverFor(this);
    const { running } = await askExpiry(driver, copyPresignedGetUrl, hello);
    await driver.press('Escape');
    await running.ended;
    await assertNothingCopied();
    await assertNoMessage(driver);
  });

  it("accepts the first expiry through the editor's own command", async function () {
    const { running } = await askExpiry(driverFor(this), copyPresignedGetUrl, hello);
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await running.ended;
    assert.equal(await (await fetch(await copiedLink())).text(), 'hello');
  });
});

describe('a message about a link', () => {
  it('copies the link as a command on request', async function () {
    const driver = driverFor(this);
    const link = await copyLink(driver, copyPresignedGetUrl, hello);
    await listMessages(driver, 'GET link for');
    await driver.clickNotificationButton('Copy as cURL');
    const command = await poll(
      async () => {
        const text = await copied();
        return text?.startsWith('curl ') === true && text;
      },
      { what: 'the command on the clipboard' },
    );
    assert.equal(command.includes(link.href), true, 'the command is about another link');
  });
});

describe('copying a PUT link', () => {
  it('stores the bytes that plain fetch sends', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.put('docs', 'replaced.txt', 'before');
    const { running, question } = await askExpiry(
      driver,
      copyPresignedPutUrl,
      objectRow('docs', 'replaced.txt'),
    );
    assert.match(question.placeholder, /can replace replaced\.txt/);
    await driver.press('Enter');
    await running.ended;
    const answer = await fetch(await copiedLink(), { method: 'PUT', body: 'after' });
    assert.equal(answer.status, 200);
    assert.equal(await s3.text('docs', 'replaced.txt'), 'after');
  });

  for (const row of [bucketRow('docs'), folderRow('docs', 'in/')]) {
    it(`asks for the key on a ${row.kind}`, async function () {
      const driver = driverFor(this);
      const prefix = row.kind === 'bucket' ? '' : row.prefix;
      await markClipboard();
      const running = startCommand(copyPresignedPutUrl, row);
      await driver.waitForQuickInput(
        ({ value, placeholder }) => value === prefix && placeholder.includes('docs'),
      );
      await driver.press('End');
      await driver.type('by link.txt');
      await driver.waitForQuickInput(({ items }) => items[0]?.label.includes('by link.txt') === true);
      await driver.press('Enter');
      await driver.waitForQuickInput(hasExpiries);
      await driver.press('Enter');
      await running.ended;
      const answer = await fetch(await copiedLink(), { method: 'PUT', body: row.kind });
      assert.equal(answer.status, 200);
      assert.equal(await connectS3().text('docs', `${prefix}by link.txt`), row.kind);
    });
  }
});

describe('the prompt for a key', () => {
  it('does not accept an empty key', async function () {
    const driver = driverFor(this);
    await markClipboard();
    const running = startCommand(copyPresignedPutUrl, bucketRow('docs'));
    await driver.waitForQuickInput(({ items }) =>
      items.some(({ detail }) => detail.includes('cannot be empty')),
    );
    await driver.press('Enter');
    await driver.waitForQuickInput(({ placeholder }) => placeholder.includes('Object key'));
    await driver.press('Escape');
    await running.ended;
    await assertNothingCopied();
    await assertNoMessage(driver);
  });
});

describe('the prompt for a key with a line break, which the input box cannot contain', () => {
  const folder = 'two\nlines/';

  it('keeps the part of the key before the box', async function () {
    const driver = driverFor(this);
    await markClipboard();
    const running = startCommand(copyPresignedPutUrl, folderRow('docs', folder));
    await driver.waitForQuickInput(
      ({ title, value }) => title.includes('after two\\u{a}') && value === 'lines/',
    );
    await driver.press('End');
    await driver.type('x');
    await driver.waitForQuickInput(({ items }) => items[0]?.label === 'two\\u{a}lines/x');
    await driver.press('Enter');
    await driver.waitForQuickInput(hasExpiries);
    await driver.press('Enter');
    await running.ended;
    assert.equal((await fetch(await copiedLink(), { method: 'PUT', body: 'kept' })).status, 200);
    assert.equal(await connectS3().text('docs', `${folder}x`), 'kept');
  });

  it('enters such a folder, and leaves it again', async function () {
    const driver = driverFor(this);
    await connectS3().put('docs', `${folder}x`, 'kept');
    await markClipboard();
    const running = startCommand(copyPresignedPutUrl, bucketRow('docs'));
    await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === 'two\\u{a}lines/'));
    await driver.type('tw');
    await driver.waitForQuickInput(({ items }) => items.length === 2);
    // Clicked, as the arrow keys start over if the server's answer arrives before Enter.
    await driver.click('.quick-input-list .monaco-list-row[data-index="1"]');
    await driver.waitForQuickInput(
      ({ value, items }) => value === 'lines/' && items.some(({ label }) => label === 'two\\u{a}lines/x'),
    );
    await driver.press('End');
    await driver.type('y');
    await driver.waitForQuickInput(({ items }) => items[0]?.label === 'two\\u{a}lines/y');
    await driver.click('.quick-input-list .monaco-list-row[aria-label^="Start from the bucket"]');
    await driver.waitForQuickInput(({ title, value }) => value === '' && !title.includes('after'));
    await driver.press('Escape');
    await running.ended;
    await assertNothingCopied();
  });
});

describe('creating a link from the palette', () => {
  it('asks for bucket, key, kind and expiry, with Back buttons', async function () {
    const driver = driverFor(this);
    await markClipboard();
    const running = startCommand(createPresignedUrl);
    await chooseItem(driver, 'docs');
    await chooseItem(driver, 'hello.txt');
    const isKind = ({ items }: { items: readonly { label: string }[] }) =>
      items.some(({ label }) => label === 'Download (GET)');
    await driver.waitForQuickInput(isKind);
    await driver.press('Enter');
    await driver.waitForQuickInput(hasExpiries);
    await commands.executeCommand('workbench.action.quickInputBack');
    await driver.waitForQuickInput(isKind);
    await driver.type('Upload (PUT)');
    await driver.waitForQuickInput(({ items }) => items[0]?.label === 'Upload (PUT)');
    await driver.press('Enter');
    await driver.waitForQuickInput(hasExpiries);
    await driver.press('Enter');
    await running.ended;
    await listMessages(driver, 'Copied PUT link for s3://docs/hello.txt.');
    assert.equal(scopeOf(await copiedLink()).accessKeyId, alice.accessKeyId);
  });
});
