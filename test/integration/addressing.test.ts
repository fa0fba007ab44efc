import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { BucketNode } from '../../src/ui/rows/nodes.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { keySettings } from '../support/awsSettings.js';
import { alice } from '../support/identities.js';
import { proxiedHost } from '../host/s3/network.js';
import { accessPoint } from '../host/s3/servers.js';
import { useProfiles } from './support/awsConfig.js';
import { copyLink, scopeOf } from './support/links.js';
import { setHttp, trustTestServers } from './support/network.js';
import { openFirst, openRow } from './support/openRows.js';
import { bucketRow, objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { setSetting } from './support/settings.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const { addBucket, removeBucket, copyPresignedGetUrl, refreshRow } = commandIds;
const { arn, host: point, region } = accessPoint;
const ofPoint: BucketNode = { kind: 'bucket', bucket: arn, region: undefined, added: true };

/** Asks for the bucket in the host, unlike the profile `proxied`. */
const hosted = {
  endpoint_url: `https://${proxiedHost}`,
  region: 'us-east-1',
  ...keySettings(alice),
  s3: '\n  addressing_style = virtual',
};

/** Only the proxy knows the host of the profile and its subdomains. */
function useProxiedHosts(): void {
  trustTestServers();
  beforeEach(async () => {
    await setHttp('proxy', (await connectS3().network()).proxyUrl);
  });
  afterEach(() => setSetting('addressing', undefined));
}

/** The path of the next listing that arrives at the server. */
async function listedPath(act: () => PromiseLike<unknown>): Promise<string> {
  const s3 = connectS3();
  const listings = async () =>
    (await s3.requests('secure')).filter(({ operation }) => operation === 'ListObjectsV2');
  const before = (await listings()).length;
  await act();
  const { path } = await poll(async () => (await listings())[before], {
    what: 'the listing at the server',
  });
  return path.replace(/\?.*$/, '');
}

describe('the addressing setting', () => {
  useProxiedHosts();

  useProfiles({ hosted });

  for (const [profile, addressing, host, path] of [
    ['proxied', 'virtual', `safe.${proxiedHost}`, ''],
    ['hosted', 'path', proxiedHost, '/safe'],
    ['hosted', 'auto', `safe.${proxiedHost}`, ''],
  ] as const) {
    it(`sends requests and points links to ${host}${path}: ${addressing}, profile ${profile}`, async function () {
      const driver = driverFor(this);
      await setSetting('addressing', addressing);
      await openFirst(driver, { profile, bucket: 'safe' });
      await waitForRows(driver, (names) => names.includes('sealed.txt'));
      const asked = await listedPath(() => commands.executeCommand(refreshRow, bucketRow('safe')));
      assert.equal(asked.replace(/\/$/, ''), path);
      const { tunnels } = await connectS3().network();
      assert.equal(tunnels.includes(`${host}:443`), true, 'nothing was sent to that host');
      const link = await copyLink(driver, copyPresignedGetUrl, objectRow('safe', 'sealed.txt'));
      assert.deepEqual([link.host, link.pathname], [host, `${path}/sealed.txt`]);
      assert.equal(await (await fetch(link)).text(), 'sealed');
    });
  }
});

/** Types the access point into Add Bucket, and waits for the message about it. */
async function typePoint(driver: Driver, said: string) {
  const running = startCommand(addBucket);
  await driver.waitForQuickInput(({ title }) => title.includes('Add Bucket'));
  await driver.type(arn);
  await driver.waitForQuickInput(({ value, message }) => value === arn && message.includes(said));
  return running;
}

describe('an access point', () => {
  useProxiedHosts();
  beforeEach(async function () {
    await setSetting('addressing', 'virtual');
    await openView();
    await selectProfile('proxied');
    await waitForRows(driverFor(this), (names) => names.includes('safe'));
  });
  afterEach(() => commands.executeCommand(removeBucket, ofPoint));

  it('is added by its ARN, browses and signs in its own region, at its own host', async function () {
    const driver = driverFor(this);
    const running = await typePoint(driver, `Adds s3://${arn} to the list.`);
    await driver.press('Enter');
    await running.ended;
    await waitForRows(driver, (names) => names.at(-1)?.includes('view-point') === true && names.length === 3);
    assert.equal(await listedPath(() => openRow(ofPoint)), '/');
    await waitForRows(driver, (names) => names.at(-1) === 'seen.txt');
    const link = await copyLink(driver, copyPresignedGetUrl, objectRow(arn, 'seen.txt'));
    assert.deepEqual([link.host, link.pathname], [`${point}.${proxiedHost}`, '/seen.txt']);
    assert.equal(scopeOf(link).region, region);
    assert.equal(await (await fetch(link)).text(), 'seen');
  });

  it('is refused with the reason when the bucket name is in the path', async function () {
    const driver = driverFor(this);
    await setSetting('addressing', 'path');
    await waitForRows(driver, (names) => names.includes('safe'));
    const running = await typePoint(driver, `Access points are not available at https://${proxiedHost}`);
    await driver.press('Escape');
    await running.ended;
  });
});
