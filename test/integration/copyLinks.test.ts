import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, window } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { poll } from '../support/poll.js';
import { textsOf } from '../support/signedLinks.js';
import { sampleOddKeys } from '../support/oddKeys.js';
import { assertNothingCopied, copied } from './support/clipboard.js';
import { noteLinks } from './support/links.js';
import { saveAs, startList } from './support/lists.js';
import { assertNoMessage, listMessages } from './support/notifications.js';
import { bucketRow, folderRow, objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { driverFor, startCommand } from './support/window.js';

const clipboard = 'Copy to the clipboard';
const file = 'Save as a file...';
const lines = 'Links, one per line';
const hello = objectRow('docs', 'hello.txt');

async function copiedLines(): Promise<readonly URL[]> {
  const text = (await copied()) ?? '';
  assert.equal(text.endsWith('\n'), true, 'no line is on the clipboard');
  return noteLinks(text.slice(0, -1).split('\n'));
}

describe('a list of links', () => {
  it('can be restarted after a refresh cancelled it', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.put('docs', 'cut off/a.txt', 'a');
    await s3.setFault('listingHangs');
    const rows = [folderRow('docs', 'cut off/')];
    const running = await startList(driver, { rows, format: lines, destination: clipboard });
    await poll(async () => (await s3.network()).arrived.includes('ListObjectsV2'), {
      what: 'the request for the folder',
    });
    await commands.executeCommand(commandIds.refresh);
    await running.ended;
    await assertNothingCopied();
    await s3.setFault('none');
    await listMessages(driver, 'The connection was reset before this finished.');
    await driver.clickNotificationButton('Retry');
    await listMessages(driver, 'Copied download links');
    assert.deepEqual(await textsOf(await copiedLines()), ['a']);
  });
});

describe('copying the links of several rows', () => {
  it('copies one link for each object, including all in a folder', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.put('docs', 'listed/a.txt', 'a');
    await s3.put('docs', 'listed/deep/b.txt', 'b');
    // Selecting something twice lists it once.
    const rows = [hello, folderRow('docs', 'listed/'), objectRow('docs', 'listed/a.txt')];
    const running = await startList(driver, { rows, format: lines, destination: clipboard });
    await running.ended;
    assert.deepEqual(await textsOf(await copiedLines()), ['hello', 'a', 'b']);
    const { message } = await listMessages(driver, 'Copied download links');
    assert.match(
      message,
      /^Copied download links for 3 selected items in s3:\/\/docs: 3\. They expire at .+ \(in .+\)\.$/,
    );
  });

  it('reaches every key of a bucket with a Markdown list that the editor renders', async function () {
    const driver = driverFor(this);
    const rows = [bucketRow('odd')];
    const running = await startList(driver, { rows, format: 'Markdown list', destination: clipboard });
    await running.ended;
    const html = await commands.executeCommand<string>('markdown.api.render', (await copied()) ?? '');
    const urls = [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    );
    const texts = await textsOf(noteLinks(urls));
    assert.deepEqual(texts.toSorted(), Object.keys(sampleOddKeys).toSorted());
    assert.equal((html.match(/<li/g) ?? []).length, texts.length);
  });

  it('says when there is nothing to link, and that a list covers only one bucket', async function () {
    const driver = driverFor(this);
    const rows = [folderRow('docs', 'nothing/')];
    await (
      await startList(driver, { rows, format: 'JSON', destination: clipboard })
    ).ended;
    await listMessages(driver, 'There are no objects in s3://docs/nothing/.');
    const both = [hello, objectRow('odd', 'a+b.txt')];
    await startCommand(commandIds.copyLinks, both[0], both).ended;
    await listMessages(driver, 'The selected items are in different buckets.');
    await assertNothingCopied();
  });
});

/** Gives each test an empty folder. */
function useFolder(): { readonly path: string } {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'signpost-lists-'));
  });
  afterEach(() => {
    rmSync(path, { recursive: true });
  });
  return {
    get path() {
      return path;
    },
  };
}

describe('saving the links of a folder', () => {
  const folder = useFolder();

  it('writes a script that only its owner can read and run', async function () {
    const driver = driverFor(this);
    const path = join(folder.path, 'all.sh');
    const rows = [folderRow('docs', 'in/')];
    const running = await startList(driver, { rows, format: 'Shell script', destination: file });
    await saveAs(driver, path);
    await running.ended;
    const text = readFileSync(path, 'utf8');
    assert.equal(text.startsWith('#!/bin/sh\n'), true);
    const links = noteLinks([...text.matchAll(/^url = "(.+)"$/gm)].map(([, url = '']) => url));
    assert.ok((await textsOf(links)).includes('second'));
    assert.equal(statSync(path).mode & 0o777, 0o700);
    await assertNothingCopied();
    const message = await listMessages(driver, ' in all.sh');
    assert.deepEqual(message.buttons, ['Open File']);
  });

  it('opens the file, even one too large for an extension to open as text', async function () {
    const driver = driverFor(this);
    const path = join(folder.path, 'large.csv');
    const running = await startList(driver, { rows: [hello], format: 'CSV', destination: file });
    await saveAs(driver, path);
    await running.ended;
    await listMessages(driver, ' in large.csv');
    writeFileSync(path, Buffer.alloc(51 * 1024 ** 2, 'a line\n'));
    await driver.clickNotificationButton('Open File');
    const opened = () =>
      window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'large.csv'));
    await poll(() => Promise.resolve(opened()), { what: 'the file to be open' });
    await commands.executeCommand('workbench.action.closeAllEditors');
    await assertNoMessage(driver);
  });

  it('does nothing when the file dialog is closed', async function () {
    const driver = driverFor(this);
    const rows = [hello];
    const running = await startList(driver, { rows, format: 'CSV', destination: file });
    await driver.waitForQuickInput(({ value }) => value.endsWith('-links.csv'));
    await driver.press('Escape');
    await running.ended;
    await assertNothingCopied();
    await assertNoMessage(driver);
  });
});
