import assert from 'node:assert/strict';
import { commandIds } from '../../src/ui/ids.js';
import { poll } from '../support/poll.js';
import { alice, bob, temporary } from '../support/identities.js';
import { copyLink, scopeOf } from './support/links.js';
import { assertNoMessage } from './support/notifications.js';
import { startOpening, buckets, showBuckets } from './support/openRows.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { pickProfile, waitForRows, waitForTitle } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const { copyPresignedGetUrl } = commandIds;
const hello = objectRow('docs', 'hello.txt');

describe('the profiles', () => {
  it('are listed with their kinds, then the environment and Add Connection', async function () {
    const driver = driverFor(this);
    const running = startCommand(commandIds.selectProfile);
    const { items } = await driver.waitForQuickInput(({ items }) => items.length > 0);
    // Only the visible rows of a long list can be read: one up from the first is the last.
    await driver.press('ArrowUp');
    const end = await driver.waitForQuickInput(({ items }) =>
      items.some(({ label }) => label === 'Add Connection...'),
    );
    await driver.press('Escape');
    await running.ended;
    const kinds = new Map([...items, ...end.items].map(({ label, description }) => [label, description]));
    for (const name of [
      'default',
      'denied',
      'down',
      'expired',
      'keyless',
      'nowhere',
      'other',
      'token',
      'wrong',
    ]) {
      assert.ok(kinds.has(name), name);
    }
    const last = end.items.slice(-2).map(({ label }) => label);
    assert.deepEqual(last, ['Environment / default chain', 'Add Connection...']);
    assert.equal(kinds.get('default'), 'access keys, us-east-1');
    assert.equal(kinds.get('keyless'), 'no credentials, us-east-1');
    assert.equal(kinds.get('portal'), 'single sign-on (SSO), us-east-1');
    await assertNoMessage(driver);
  });
});

describe('another profile', () => {
  it('signs the next link, at its own endpoint', async function () {
    const driver = driverFor(this);
    assert.equal(scopeOf(await copyLink(driver, copyPresignedGetUrl, hello)).accessKeyId, alice.accessKeyId);
    await pickProfile(driver, 'other');
    const link = await copyLink(driver, copyPresignedGetUrl, objectRow('theirs', 'their.txt'));
    assert.equal(scopeOf(link).accessKeyId, bob.accessKeyId);
    assert.equal(await (await fetch(link)).text(), 'theirs');
  });

  it('puts its session token into the link', async function () {
    const driver = driverFor(this);
    await pickProfile(driver, 'token');
    const link = await copyLink(driver, copyPresignedGetUrl, hello);
    const token = link.searchParams.get('X-Amz-Security-Token');
    assert.equal(token === temporary.sessionToken, true, 'the link has another token or none');
    assert.equal(scopeOf(link).accessKeyId, temporary.accessKeyId);
    assert.equal(await (await fetch(link)).text(), 'hello');
  });

  it('is not chosen by Esc', async function () {
    const driver = driverFor(this);
    const running = startCommand(commandIds.selectProfile);
    await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === 'other'));
    await driver.type('other');
    await driver.press('Escape');
    await running.ended;
    assert.equal(scopeOf(await copyLink(driver, copyPresignedGetUrl, hello)).accessKeyId, alice.accessKeyId);
  });
});

describe('the rows of another profile', () => {
  it('replace the previous rows, and send nothing to another server', async function () {
    const driver = driverFor(this);
    await showBuckets(driver);
    const s3 = connectS3();
    await s3.clearRequests();
    await pickProfile(driver, 'other');
    await waitForRows(driver, (names) => names.join() === 'theirs');
    await waitForTitle(driver, 'buckets (other)');
    assert.deepEqual(await s3.requests(), []);
    assert.deepEqual(
      (await s3.requests('other')).map(({ operation, accessKeyId }) => [operation, accessKeyId]),
      [['ListBuckets', bob.accessKeyId]],
    );
  });

  it('replace a listing that is still running', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await showBuckets(driver);
    await s3.setFault('listingHangs');
    await startOpening(driver, 'docs');
    await poll(async () => (await s3.network()).arrived.includes('ListObjectsV2'), {
      what: 'the listing',
    });
    await pickProfile(driver, 'other');
    await waitForRows(driver, (names) => names.join() === 'theirs');
    await s3.setFault('none');
    await pickProfile(driver, 'default');
    await waitForRows(driver, (names) => buckets.every((name) => names.includes(name)));
    await assertNoMessage(driver);
  });
});
