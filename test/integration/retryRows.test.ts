import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import type { FaultName } from '../host/s3/protocol.js';
import { startOpening, openMany, showBuckets } from './support/openRows.js';
import { moreRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { setSetting } from './support/settings.js';
import { waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const busy = /^The server is busy, trying again \(2 of 3\)/;
const dropped = /^The connection was dropped, trying again \(2 of 3\)/;

/** Waits for a row, which stays while the next attempt hangs, and then repairs the server. */
async function seeRow(driver: Driver, row: RegExp): Promise<readonly string[]> {
  const names = await waitForRows(driver, (seen) => seen.some((name) => row.test(name)));
  await connectS3().setFault('none');
  return names;
}

describe('a list of buckets that fails at first', () => {
  for (const [fault, row] of [
    ['bucketsBusyOnce', busy],
    ['bucketsDroppedOnce', dropped],
  ] as const satisfies readonly (readonly [FaultName, RegExp])[]) {
    it(`announces the retry in a row, and then shows the buckets: ${fault}`, async function () {
      const driver = driverFor(this);
      // A listing that is still running would meet the fault first.
      await showBuckets(driver);
      await connectS3().setFault(fault);
      await commands.executeCommand(commandIds.refresh);
      assert.equal((await seeRow(driver, row)).length, 1);
      await waitForRows(driver, (names) => names.includes('docs'));
    });
  }
});

describe('a listing that S3 is too busy for', () => {
  it('announces the retry in a row, and then shows the objects', async function () {
    const driver = driverFor(this);
    await showBuckets(driver);
    await connectS3().setFault('listingBusyOnce');
    await startOpening(driver, 'docs');
    await seeRow(driver, busy);
    await waitForRows(driver, (names) => names.includes('hello.txt'));
  });

  it('becomes a row with the reason after three attempts', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await showBuckets(driver);
    await s3.setFault('listingBusy');
    await startOpening(driver, 'docs');
    await waitForRows(
      driver,
      (names) => names[1]?.startsWith('S3 is busy or temporarily unavailable') === true,
    );
    const { arrived } = await s3.network();
    const asked = arrived.filter((operation) => operation === 'ListObjectsV2').length;
    assert.ok(asked >= 3, `${asked} attempts`);
  });
});

describe('a next page that S3 is too busy for', () => {
  beforeEach(() => setSetting('pageSize', 10));
  afterEach(() => setSetting('pageSize', undefined));

  it('keeps the rows, announces the retry below them, and then continues', async function () {
    const driver = driverFor(this);
    await openMany(driver);
    await connectS3().setFault('listingBusyOnce');
    const running = startCommand(commandIds.loadMore, moreRow('many'));
    const objectsOf = (names: readonly string[]) => names.filter((name) => name.startsWith('object-'));
    const names = await seeRow(driver, busy);
    assert.equal(objectsOf(names).length, 10);
    assert.equal(names.includes('Load more...'), false);
    await running.ended;
    await waitForRows(driver, (seen) => objectsOf(seen).length === 20);
  });
});
