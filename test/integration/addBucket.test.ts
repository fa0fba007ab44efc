import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { BucketNode } from '../../src/ui/rows/nodes.js';
import type { Driver } from '../host/driver/driver.js';
import { findLeaks } from './support/leaks.js';
import { copyLink, scopeOf } from './support/links.js';
import { assertNoMessage, hideMessages, listMessages, shownMessages } from './support/notifications.js';
import { openRow } from './support/openRows.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const { addBucket, removeBucket, copyPresignedGetUrl, copyPresignedPutUrl } = commandIds;
const fast = 'fast--use1-az4--x-s3';
const isReason = (name: string) => name.startsWith('S3 denied access to the list of buckets.');
const noneAdded = 'S3 denied access to the list of buckets. Add buckets by name.';

/** Answers "Add Bucket..." as a user does, once the box says what will be added. */
async function add(driver: Driver, text: string, uri: string): Promise<void> {
  const running = startCommand(addBucket);
  await driver.waitForQuickInput(({ title }) => title.includes('Add Bucket'));
  await driver.type(text);
  await driver.waitForQuickInput(
    ({ value, message }) => value === text && message.includes(`Adds ${uri} to the list.`),
  );
  await driver.press('Enter');
  await running.ended;
}

/** Shows the rows of a profile and waits for them, as they take the keyboard focus when they appear. */
async function browse(driver: Driver, profile: string, isThere: (name: string) => boolean): Promise<void> {
  await openView();
  await waitForRows(driver, (rows) => rows.length > 0);
  await selectProfile(profile);
  await driver.waitForNoQuickInput();
  await waitForRows(driver, (rows) => rows.some(isThere));
}

function added(bucket: string, prefix?: string): BucketNode {
  return {
    kind: 'bucket',
    bucket,
    region: undefined,
    added: true,
    ...(prefix === undefined ? {} : { prefix }),
  };
}

async function removeAll(): Promise<void> {
  const rows = [added('docs', 'in/'), added('docs'), added('eu-docs'), added(fast)];
  for (const row of rows) await commands.executeCommand(removeBucket, row);
}

describe('adding a bucket by the URL of another store', () => {
  it('warns that the URL is from another store', async function () {
    const driver = driverFor(this);
    await browse(driver, 'default', (name) => name === 'odd');
    const running = startCommand(addBucket);
    await driver.waitForQuickInput(({ title }) => title.includes('Add Bucket'));
    await driver.type('https://docs.nyc3.digitaloceanspaces.com/in/');
    await driver.waitForQuickInput(({ message }) =>
      message.includes(
        'Adds s3://docs/in/ to the list, from the selected store and not from docs.nyc3.digitaloceanspaces.com.',
      ),
    );
    await driver.press('Escape');
    await running.ended;
  });
});

describe('adding a bucket to a profile without permission to list buckets', () => {
  beforeEach(async function () {
    await browse(driverFor(this), 'denied', isReason);
  });
  afterEach(removeAll);

  it('shows it with its region, and why the others are missing', async function () {
    const driver = driverFor(this);
    await add(driver, 'eu-docs', 's3://eu-docs');
    const names = await waitForRows(driver, (rows) => rows[0] === 'eu-docs' && rows.length === 2);
    assert.match(names[1] ?? '', /Only the buckets you added are shown\. Add others by name\.$/);
    await driver.waitFor('.part.sidebar .monaco-list-row[aria-label*="eu-central-1"]');
    await openRow(added('eu-docs'));
    await waitForRows(driver, (rows) => rows.includes('grüße.txt'));
    const link = await copyLink(driver, copyPresignedGetUrl, objectRow('eu-docs', 'grüße.txt'));
    assert.equal(scopeOf(link).region, 'eu-central-1');
    const messages = await shownMessages(driver);
    assert.match(messages.map(({ message }) => message).join('\n'), /^Copied GET link.*$/);
    await hideMessages();
  });

  it('lists below the given prefix', async function () {
    const driver = driverFor(this);
    await add(driver, 's3://docs/in', 's3://docs/in/');
    await waitForRows(driver, (rows) => rows[0] === 'docs/in');
    await openRow(added('docs', 'in/'));
    await waitForRows(driver, (rows) => rows.includes('first.txt') && rows.includes('second.txt'));
    const running = startCommand(copyPresignedPutUrl, added('docs', 'in/'));
    await driver.waitForQuickInput(({ value }) => value === 'in/');
    await driver.press('Escape');
    await running.ended;
  });

  it('removes it again', async function () {
    const driver = driverFor(this);
    await add(driver, 'arn:aws:s3:::docs', 's3://docs');
    await waitForRows(driver, (rows) => rows[0] === 'docs' && rows.length === 2);
    await commands.executeCommand(removeBucket, added('docs'));
    await waitForRows(driver, (rows) => rows.join() === noneAdded);
    assert.deepEqual(
      await connectS3()
        .keys('docs')
        .then((keys) => keys.includes('hello.txt')),
      true,
    );
  });
});

describe('the input of Add Bucket', () => {
  beforeEach(async function () {
    await browse(driverFor(this), 'denied', isReason);
  });
  afterEach(removeAll);

  it('keeps only the bucket and the folder of a presigned URL', async function () {
    const driver = driverFor(this);
    const link = await copyLink(driver, copyPresignedGetUrl, objectRow('docs', 'in/first.txt'));
    await add(driver, link.href, 's3://docs/in/');
    await waitForRows(driver, (rows) => rows[0] === 'docs/in');
    assert.deepEqual(findLeaks(await driver.storedState()), []);
  });

  it('is refused with the reason when it cannot be used', async function () {
    const driver = driverFor(this);
    const running = startCommand(addBucket);
    await driver.waitForQuickInput(({ title }) => title.includes('Add Bucket'));
    await driver.type('arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap');
    await driver.waitForQuickInput(({ message }) => message.includes('Multi-Region access points'));
    await driver.press('Enter');
    await driver.waitForQuickInput(({ message }) => message.includes('Multi-Region access points'));
    await driver.press('Escape');
    await running.ended;
    await waitForRows(driver, (rows) => rows.length === 1 && rows.every(isReason));
    await assertNoMessage(driver);
  });
});

describe('adding a bucket to a profile with permission to list buckets', () => {
  afterEach(removeAll);

  it('shows it once', async function () {
    const driver = driverFor(this);
    await browse(driver, 'default', (name) => name === 'odd');
    await add(driver, 'docs', 's3://docs');
    await add(driver, 's3://docs/in/', 's3://docs/in/');
    const names = await waitForRows(driver, (rows) => rows.includes('docs/in'));
    assert.deepEqual(names, ['docs', 'eu-docs', 'many', 'odd', 'docs/in']);
  });
});

describe('a directory bucket', () => {
  afterEach(removeAll);

  it('browses, and its links state their limit of five minutes', async function () {
    const driver = driverFor(this);
    await browse(driver, 'default', (name) => name === 'odd');
    await add(driver, fast, `s3://${fast}`);
    await waitForRows(driver, (rows) => rows.at(-1) === fast);
    await openRow(added(fast));
    await waitForRows(driver, (rows) => rows.at(-1) === 'hello.txt');
    const link = await copyLink(driver, copyPresignedGetUrl, objectRow(fast, 'hello.txt'));
    assert.equal(await (await fetch(link)).text(), 'fast');
    assert.ok(scopeOf(link).expiresSeconds <= 300);
    await listMessages(driver, 'links to a directory bucket last five minutes.');
  });
});
