import assert from 'node:assert/strict';
import { Uri, window, workspace } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { markClipboard } from './support/clipboard.js';
import { findLeaks } from './support/leaks.js';
import { copyLink } from './support/links.js';
import { takeFile } from './support/lists.js';
import { assertNoMessage, clearMessages, listMessages, shownMessages } from './support/notifications.js';
import { closeEditors } from './support/outcome.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { selectProfile } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const { copyPresignedGetUrl, copyPresignedPutUrl, downloadFromLink, uploadToLink } = commandIds;
const hello = objectRow('docs', 'hello.txt');

function someFile(): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return Uri.joinPath(folder.uri, 'notes.txt');
}

describe('downloading through a link on the clipboard', () => {
  afterEach(closeEditors);

  it('opens the text in an editor, with any profile', async function () {
    const driver = driverFor(this);
    await copyLink(driver, copyPresignedGetUrl, hello);
    await clearMessages(driver);
    await selectProfile('keyless');
    const running = startCommand(downloadFromLink);
    const { placeholder, items } = await driver.waitForQuickInput(
      ({ items: [first] }) => first?.label === 'Open in Editor',
    );
    assert.match(placeholder, /^hello\.txt from 127\.0\.0\.1:\d+ \(5 B/);
    assert.equal(items[1]?.detail, 'hello.txt');
    await driver.press('Enter');
    await running.ended;
    const document = window.activeTextEditor?.document;
    assert.deepEqual([document?.getText(), document?.isUntitled], ['hello', true]);
    await assertNoMessage(driver);
  });

  it('is refused for an upload link, without a prompt', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await copyLink(driver, copyPresignedPutUrl, hello);
    await clearMessages(driver);
    await s3.clearRequests();
    await startCommand(downloadFromLink).ended;
    const shown = await shownMessages(driver);
    const [message = '', ...others] = shown.map((one) => one.message);
    assert.match(message, /^This link is for PUT, not for a download \(GET\)\./);
    assert.deepEqual(others, []);
    assert.deepEqual(findLeaks(JSON.stringify(shown)), []);
    assert.deepEqual(await s3.requests(), []);
  });
});

describe('downloading text in another encoding', () => {
  afterEach(closeEditors);

  it('opens text in UTF-16', async function () {
    const driver = driverFor(this);
    const row = objectRow('docs', 'in/wide.txt');
    const { href } = await copyLink(driver, copyPresignedPutUrl, row);
    const text = '\ufeffGr\u00fc\u00dfe\n';
    const body = Buffer.from(text, 'utf16le');
    assert.equal((await fetch(href, { method: 'PUT', body })).status, 200);
    await copyLink(driver, copyPresignedGetUrl, row);
    const running = startCommand(downloadFromLink);
    await driver.waitForQuickInput(({ items: [first] }) => first?.label === 'Open in Editor');
    await driver.press('Enter');
    await running.ended;
    assert.equal(window.activeTextEditor?.document.getText(), 'Gr\u00fc\u00dfe\n');
  });
});

describe('saving an object with a misleading name and a wrong encoding', () => {
  const saved = Uri.joinPath(someFile(), '..', '_npmrc');

  afterEach(async function () {
    await workspace.fs.delete(saved);
  });

  it('writes the bytes as sent under a harmless name, and says so', async function () {
    const driver = driverFor(this);
    const row = objectRow('docs', 'in/.npmrc');
    const { href } = await copyLink(driver, copyPresignedPutUrl, row);
    const headers = { 'content-encoding': 'gzip' };
    assert.equal((await fetch(href, { method: 'PUT', body: 'not compressed', headers })).status, 200);
    await copyLink(driver, copyPresignedGetUrl, row);
    await clearMessages(driver);
    const running = startCommand(downloadFromLink);
    await driver.waitForQuickInput(({ items }) => items[1]?.detail === '_npmrc');
    await driver.press('ArrowDown');
    await driver.press('Enter');
    await takeFile(driver, { path: '/_npmrc', isFolderShown: (names) => names.includes('notes.txt') });
    await running.ended;
    const { message } = await listMessages(driver, 'Saved to ');
    assert.match(
      message,
      /_npmrc \(14 B\) as sent: it is not gzip, although its Content-Encoding says so\.$/,
    );
    assert.equal(Buffer.from(await workspace.fs.readFile(saved)).toString(), 'not compressed');
  });
});

describe('a command for links without one on the clipboard', () => {
  it('asks for a link, and is cancelled by Esc', async function () {
    const driver = driverFor(this);
    await markClipboard();
    const running = startCommand(downloadFromLink);
    const { message } = await driver.waitForQuickInput(({ placeholder }) => placeholder === 'Paste it here');
    assert.match(message, /^Paste a presigned URL, or a form as JSON or HTML/);
    await driver.press('Escape');
    await running.ended;
    await assertNoMessage(driver);
  });
});

describe('uploading through a link on the clipboard', () => {
  it('is refused for a download link, before a byte is sent', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await copyLink(driver, copyPresignedGetUrl, hello);
    await clearMessages(driver);
    await s3.clearRequests();
    await startCommand(uploadToLink, someFile()).ended;
    const { message } = await listMessages(driver, 'This link is for GET, not for an upload (PUT).');
    assert.deepEqual(findLeaks(message), []);
    assert.deepEqual(await s3.requests(), []);
  });
});
