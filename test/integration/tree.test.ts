import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { poll } from '../support/poll.js';
import type { Driver } from '../host/driver/driver.js';
import { manyObjects } from '../host/s3/servers.js';
import { openApp } from './support/app.js';
import { assertNoMessage } from './support/notifications.js';
import {
  buckets,
  openBuckets,
  openDocs,
  openMany,
  openRow,
  showBuckets,
  notifyChange,
} from './support/openRows.js';
import { bucketRow, folderRow, moreRow, objectRow, problemRow } from './support/rows.js';
import { connectS3, type S3Servers } from './support/s3.js';
import { setSetting } from './support/settings.js';
import { waitForRows } from './support/view.js';
import { driverFor, startCommand, type RunningCommand } from './support/window.js';

/** The listings of a bucket that the server got: the number of keys in each. */
async function pagesAsked(s3: S3Servers, bucket: string): Promise<readonly (string | null)[]> {
  return (await s3.requests())
    .filter(({ operation, path }) => operation === 'ListObjectsV2' && path.startsWith(`/${bucket}`))
    .map(({ path }) => new URL(path, 'http://server').searchParams.get('max-keys'));
}

describe('the view', () => {
  it('lists the buckets of all regions', async function () {
    const driver = driverFor(this);
    await showBuckets(driver);
    const regions = (await driver.rows()).map(({ description }) => description);
    assert.deepEqual(regions, ['us-east-1', 'eu-central-1', 'us-east-1', 'us-east-1']);
  });

  it('opens a bucket and a folder by keyboard, folders first', async function () {
    const driver = driverFor(this);
    await openBuckets(driver);
    await driver.press('ArrowRight');
    const names = await waitForRows(driver, (names) => names.includes('hello.txt'));
    assert.equal(names[1], 'in');
    await driver.press('ArrowDown');
    await driver.press('ArrowRight');
    await waitForRows(driver, (names) => names.includes('first.txt') && names.includes('second.txt'));
    await assertNoMessage(driver);
  });

  it('shows invisible characters', async function () {
    const driver = driverFor(this);
    await openBuckets(driver);
    await openRow(bucketRow('odd'));
    const names = await waitForRows(driver, (names) => names.length > buckets.length);
    for (const name of ['exe\\u{202e}gpj.txt', 'bell\\u{7}.txt', 'cr\\u{d}\\u{a}lf.txt'])
      assert.ok(names.includes(name), name);
  });
});

async function waitForFocus(driver: Driver, name: string): Promise<void> {
  await poll(async () => (await driver.rows()).some((row) => row.isFocused && row.name === name), {
    what: `the keyboard to be on ${name}`,
  });
}

/** The last bucket is below the rows of this one. */
async function pressLoadMore(driver: Driver): Promise<void> {
  await driver.press('End');
  await driver.press('ArrowUp');
  await waitForFocus(driver, 'Load more...');
  await driver.press('Enter');
}

function objectsOf(names: readonly string[]): readonly string[] {
  return names.filter((name) => name.startsWith('object-'));
}

function useSmallPages(): void {
  beforeEach(async () => {
    await setSetting('pageSize', 10);
    await connectS3().clearRequests();
  });
  afterEach(() => setSetting('pageSize', undefined));
}

/** How often the tree tells VS Code to redraw rows. */
async function countChanges(action: () => PromiseLike<unknown>): Promise<number> {
  const { tree } = await openApp();
  let changes = 0;
  const watch = tree.onDidChangeTreeData(() => changes++);
  await action();
  watch.dispose();
  return changes;
}

describe('a bucket of more than one page', () => {
  useSmallPages();

  it('is read to its end with the keyboard, and nothing is listed twice', async function () {
    const driver = driverFor(this);
    await openMany(driver);
    await pressLoadMore(driver);
    await waitForRows(driver, (names) => objectsOf(names).length === 20);
    await waitForFocus(driver, 'object-11.txt');
    await pressLoadMore(driver);
    const names = await waitForRows(driver, (names) => !names.includes('Load more...'));
    assert.equal(new Set(objectsOf(names)).size, manyObjects);
    assert.deepEqual(objectsOf(names), [...new Set(objectsOf(names))].sort());
    assert.deepEqual(await pagesAsked(connectS3(), 'many'), ['10', '10', '10']);
    // Like a second Enter that comes before the row is gone.
    assert.equal(await countChanges(() => commands.executeCommand(commandIds.loadMore, moreRow('many'))), 0);
    assert.deepEqual(await pagesAsked(connectS3(), 'many'), ['10', '10', '10']);
    await assertNoMessage(driver);
  });

  it('keeps its rows when the next page fails, and continues after it', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await openMany(driver);
    await s3.setFault('nextPageDenied');
    await pressLoadMore(driver);
    const names = await waitForRows(driver, (names) => names.some((name) => name.includes('denied access')));
    assert.equal(objectsOf(names).length, 10);
    await s3.setFault('none');
    await commands.executeCommand(commandIds.refreshRow, problemRow('many'));
    await waitForRows(driver, (names) => objectsOf(names).length === 20);
    await assertNoMessage(driver);
  });
});

/** Asks for another page of a bucket, from a server that does not answer yet. */
async function startLoading(driver: Driver): Promise<RunningCommand> {
  const s3 = connectS3();
  await openMany(driver);
  await s3.setFault('listingHangs');
  const running = startCommand(commandIds.loadMore, moreRow('many'));
  await poll(async () => (await s3.network()).arrived.includes('ListObjectsV2'), {
    what: 'the request for the page',
  });
  return running;
}

describe('a user who does something else while a page is loading', () => {
  useSmallPages();

  it('loads one page where Enter is pressed twice', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const running = await startLoading(driver);
    const changes = await countChanges(async () => {
      // The second one ends first: it does not wait for the page.
      const second = startCommand(commandIds.loadMore, moreRow('many'));
      await poll(() => second.hasEnded(), { what: 'the second Enter to end' });
      await second.ended;
      await s3.setFault('none');
      await running.ended;
    });
    assert.equal(changes, 1);
    await waitForRows(driver, (names) => objectsOf(names).length === 20);
    assert.deepEqual(await pagesAsked(s3, 'many'), ['10', '10']);
  });

  it('keeps the selection made while the page was loading', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const running = await startLoading(driver);
    const row = '.part.sidebar .monaco-list-row[aria-label^="Object object-03.txt"]';
    await driver.click(row);
    await driver.waitFor(`${row}.selected`);
    // The extension host learns of the selection before it gets an answer.
    await commands.executeCommand('noop');
    await s3.setFault('none');
    await running.ended;
    await waitForRows(driver, (names) => objectsOf(names).length === 20);
    const selected = (await driver.rows()).filter(({ isSelected }) => isSelected);
    assert.deepEqual(
      selected.map(({ name }) => name),
      ['object-03.txt'],
    );
  });
});

describe('a page', () => {
  afterEach(() => setSetting('pageSize', undefined));

  for (const [setting, asked] of [
    [3, '10'],
    [77, '77'],
    [5000, '1000'],
    ['many', '300'],
  ] as const) {
    it(`has ${asked} rows where the setting is ${setting}`, async function () {
      const driver = driverFor(this);
      const s3 = connectS3();
      await setSetting('pageSize', setting);
      await openDocs(driver);
      await s3.clearRequests();
      await s3.put('docs', `page of ${asked}.txt`, '');
      await commands.executeCommand(commandIds.refreshRow, bucketRow('docs'));
      await waitForRows(driver, (names) => names.includes(`page of ${asked}.txt`));
      assert.deepEqual(await pagesAsked(s3, 'docs'), [asked]);
    });
  }
});

describe('refreshing one row', () => {
  it('lists only that row again', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await openDocs(driver);
    await openRow(bucketRow('eu-docs'));
    await waitForRows(driver, (names) => names.includes('grüße.txt'));
    await s3.put('docs', 'arrived.txt', '');
    await s3.put('eu-docs', 'unseen.txt', '');
    await s3.clearRequests();
    await commands.executeCommand(commandIds.refreshRow, bucketRow('docs'));
    const names = await waitForRows(driver, (names) => names.includes('arrived.txt'));
    assert.equal(names.includes('grüße.txt'), true);
    assert.equal(names.includes('unseen.txt'), false);
    assert.deepEqual(
      (await s3.requests()).filter(({ path }) => !path.startsWith('/docs')),
      [],
    );
  });
});

describe('changes of objects', () => {
  const told = { sourceId: 'profile:default', bucket: 'docs' };
  afterEach(() => commands.executeCommand(commandIds.refresh));

  it('remove the rows of deleted objects, and no others', async function () {
    const driver = driverFor(this);
    await openDocs(driver);
    await openRow(folderRow('docs', 'in/'));
    const before = await waitForRows(driver, (names) => names.includes('second.txt'));
    await connectS3().clearRequests();
    await notifyChange({ ...told, sourceId: 'profile:other', removed: ['hello.txt'] });
    await notifyChange({ ...told, removed: ['in/first.txt', 'in/second.txt'] });
    const names = await waitForRows(driver, (names) => !names.includes('second.txt'));
    assert.deepEqual(
      names,
      before.filter((name) => name !== 'first.txt' && name !== 'second.txt'),
    );
    assert.deepEqual(await connectS3().requests(), []);
  });

  it('redraw the row of a changed object, with its size and date', async function () {
    const driver = driverFor(this);
    await openDocs(driver);
    const lastModified = new Date(Date.now() - 2 * 3600 * 1000);
    const entry = { ...objectRow('docs', 'hello.txt').entry, sizeBytes: 3 * 1024 ** 2, lastModified };
    await notifyChange({ ...told, changed: [entry] });
    await poll(
      async () => {
        const row = (await driver.rows()).find(({ name }) => name === 'hello.txt');
        return row?.description === '3 MB, 2 hours ago';
      },
      { what: 'the size and the date of the row' },
    );
  });
});
