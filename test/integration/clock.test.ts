import assert from 'node:assert/strict';
import { window } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { aheadMs } from '../host/s3/servers.js';
import { settingsOf, readConfig, withSection, writeConfig } from './support/awsConfig.js';
import { details } from './support/details.js';
import { copyLink, signedAt } from './support/links.js';
import { assertNoMessage, clearMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const behind = /This machine's clock is (?:4 minutes 5\d seconds|5 minutes.*) behind S3's\./;

async function statusBar(driver: Driver): Promise<string> {
  return (await driver.visibleText('.part.statusbar .statusbar-item')).join('\n');
}

async function waitForStatusBar(driver: Driver, wanted: RegExp): Promise<void> {
  const what = `the status bar to say ${String(wanted)}`;
  await poll(async () => wanted.test(await statusBar(driver)), { what });
}

/** How often a connection has learned that its server is ahead. */
async function timesLearnt(driver: Driver): Promise<number> {
  return (await driver.logText()).split(/clock: S3 is [23]\d\d s ahead/).length - 1;
}

/**
 * Does something that opens another connection, and waits until that connection has learned the difference.
 */
async function untilLearntBy(driver: Driver, act: () => Promise<void>): Promise<void> {
  const before = await timesLearnt(driver);
  await act();
  await poll(async () => (await timesLearnt(driver)) > before, {
    what: 'the difference to be learnt again',
  });
}

/** Copies a link that is valid by the clock of the server. */
async function assertSignsByItsTime(driver: Driver): Promise<void> {
  const before = Date.now();
  const link = await copyLink(driver, commandIds.copyPresignedGetUrl, objectRow('early', 'bird.txt'));
  const aheadOfUs = signedAt(link) - before;
  assert.ok(Math.abs(aheadOfUs - aheadMs) < 30_000, `signed ${aheadOfUs} ms ahead`);
  assert.equal(await (await fetch(link)).text(), 'worm');
}

/** Connects to the server again, and by another profile, which shows nothing else in the status bar. */
async function assertNotToldAgain(driver: Driver): Promise<void> {
  // The status bar shows the latest message: this one stays visible only if no other follows.
  const covering = window.setStatusBarMessage('The last words of this test');
  try {
    await waitForStatusBar(driver, /The last words of this test/);
    await untilLearntBy(driver, () => startCommand(commandIds.refresh).ended);
    await untilLearntBy(driver, () => selectProfile('ahead-too'));
    await waitForRows(driver, (names) => names.join() === 'early');
    const said = await statusBar(driver);
    assert.match(said, /The last words of this test/);
    assert.doesNotMatch(said, behind);
  } finally {
    covering.dispose();
  }
  await assertNoMessage(driver);
}

describe('a server whose clock is five minutes ahead', () => {
  let original = '';
  before(async () => {
    original = await readConfig();
    await writeConfig(withSection(original, 'profile ahead-too', settingsOf(original, 'profile ahead')));
  });
  after(() => writeConfig(original));

  // A single test, as a window reports each server only once.
  it('is reported in the status bar once for all connections, and links use its time', async function () {
    const driver = driverFor(this);
    await openView();
    await untilLearntBy(driver, () => selectProfile('ahead'));
    await waitForRows(driver, (names) => names.join() === 'early');
    await waitForStatusBar(driver, behind);
    await assertSignsByItsTime(driver);
    const { items } = await details(driver);
    assert.match(items.find(({ label }) => label === 'Clock')?.description ?? '', /behind S3$/);
    await clearMessages(driver);
    await assertNotToldAgain(driver);
  });
});
