import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { proxiedHost, startProxy } from '../host/s3/network.js';
import { readConfig, settingsOf, withSection, writeConfig } from './support/awsConfig.js';
import { copyLink } from './support/links.js';
import { isOldest, setHttp, trustTestServers } from './support/network.js';
import { clearMessages, listMessages } from './support/notifications.js';
import { openFirst } from './support/openRows.js';
import { bucketRow, objectRow } from './support/rows.js';
import { connectS3, type S3Servers } from './support/s3.js';
import { startUpload, workspaceFile } from './support/uploads.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

async function listings(s3: S3Servers, server: 'home' | 'secure' = 'home') {
  return (await s3.requests(server)).filter(({ operation }) => operation === 'ListObjectsV2');
}

/** Waits until a listing has arrived at the server and hangs there. */
async function hangingListing(s3: S3Servers): Promise<void> {
  await poll(async () => (await s3.network()).arrived.includes('ListObjectsV2'), {
    what: 'a listing at the server',
  });
}

/** Does something that has to abort the hanging listing within a second. */
async function assertStopped(s3: S3Servers, act: () => Promise<unknown>): Promise<void> {
  assert.deepEqual(await listings(s3), []);
  await act();
  await poll(async () => (await listings(s3)).some(({ status }) => status === 0), {
    what: 'the end of the hanging listing',
    limitMs: 10_000,
  });
}

/** Lists the open bucket twenty times, one listing after the other. */
async function listTwentyTimes(s3: S3Servers): Promise<void> {
  const before = (await listings(s3, 'secure')).length;
  for (let count = 1; count <= 20; count += 1) {
    await commands.executeCommand(commandIds.refreshRow, bucketRow('safe'));
    await poll(async () => (await listings(s3, 'secure')).length >= before + count, {
      what: `listing ${count}`,
    });
  }
}

async function assertFewConnections(driver: Driver, profile: string): Promise<void> {
  const s3 = connectS3();
  const { secureConnections: before } = await s3.network();
  await openFirst(driver, { profile, bucket: 'safe' });
  await waitForRows(driver, (names) => names.includes('sealed.txt'));
  await listTwentyTimes(s3);
  const { secureConnections } = await s3.network();
  assert.ok(secureConnections > 0, 'no connection is seen');
  const opened = secureConnections - before;
  assert.ok(opened <= 2, `${opened} connections were opened`);
}

describe('connections in the extension host', () => {
  trustTestServers();

  it("are few with the system certificates, VS Code's default", async function () {
    if (!isOldest) await setHttp('systemCertificatesNode', true);
    await setHttp('systemCertificates', undefined);
    await assertFewConnections(driverFor(this), 'secure');
  });

  it('are at most two for twenty listings in a row, behind TLS', async function () {
    const before = (await connectS3().network()).userAgents.length;
    await assertFewConnections(driverFor(this), 'secure');
    const userAgents = (await connectS3().network()).userAgents.slice(before);
    assert.ok(userAgents.length > 20);
    for (const agent of userAgents) assert.match(agent, /\bsignpost\/\d+\.\d+\.\d+/);
  });

  // The oldest VS Code adds the system's certificates to Node's, and the system's do not cover the test
  // servers.
  if (!isOldest) {
    it("trust the certificates that VS Code's settings name", async function () {
      const driver = driverFor(this);
      await openView();
      // Through the proxy: elsewhere VS Code's fetch caches the certificates it read for the previous test.
      await setHttp('proxy', (await connectS3().network()).proxyUrl);
      // Node's own would include the authority of the test servers.
      await setHttp('systemCertificatesNode', false);
      await setHttp('systemCertificates', true);
      await selectProfile('proxied');
      await waitForRows(driver, ([first = '']) =>
        first.startsWith("This machine does not trust the server's certificate"),
      );
      await setHttp('systemCertificates', false);
      await commands.executeCommand(commandIds.refresh);
      await waitForRows(driver, (names) => names[0] === 'safe');
    });
  }
});

describe('connections of a profile with a ca_bundle', () => {
  trustTestServers();

  for (const system of [true, false]) {
    it(`are few, ${system ? 'with' : 'without'} the certificates of the system`, async function () {
      await setHttp('systemCertificates', system);
      await assertFewConnections(driverFor(this), 'bundled');
    });
  }
});

describe('connections through a proxy', () => {
  trustTestServers();

  it("use the proxy of VS Code's setting, and are few", async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const { proxyUrl, tunnels: before } = await s3.network();
    await setHttp('proxy', proxyUrl);
    await openFirst(driver, { profile: 'proxied', bucket: 'safe' });
    await waitForRows(driver, (names) => names.includes('sealed.txt'));
    await listTwentyTimes(s3);
    // A connection that an earlier test opened may be reused here.
    const { tunnels } = await s3.network();
    assert.ok(tunnels.includes(`${proxiedHost}:443`), 'nothing was sent through the proxy');
    const opened = tunnels.slice(before.length);
    assert.deepEqual(
      opened.filter((tunnel) => tunnel !== `${proxiedHost}:443`),
      [],
    );
    // The oldest VS Code makes a proxy agent for each request, whichever API is used, and so a connection.
    if (!isOldest) assert.ok(opened.length <= 2, `${opened.length} tunnels were opened`);
  });
});

describe('an upload through a proxy', () => {
  trustTestServers();

  it('is sent through a link by the same route as requests', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await setHttp('proxy', (await s3.network()).proxyUrl);
    await selectProfile('proxied');
    const running = await startUpload(driver, 'up/notes.txt', {
      file: workspaceFile('notes.txt'),
      bucket: 'safe',
    });
    await running.ended;
    const sent = (await s3.requests('secure')).filter(({ operation }) => operation === 'PutObject');
    assert.deepEqual(
      sent.map(({ path, presigned, status }) => ({ path, presigned, status })),
      [{ path: '/safe/up/notes.txt', presigned: true, status: 200 }],
    );
  });
});

/** An address of this machine, so http:// needs no consent, but VS Code still sends it through a proxy. */
const plainHost = '127.0.0.2';

/** A profile `plain` that reaches the server of `default` only through a proxy. */
function usePlainProxy() {
  let original = '';
  let proxy: Awaited<ReturnType<typeof startProxy>> | undefined;
  before(async () => {
    original = await readConfig();
    const settings = settingsOf(original, 'default');
    const endpoint_url = `http://${plainHost}`;
    await writeConfig(withSection(original, 'profile plain', { ...settings, endpoint_url }));
    proxy = await startProxy(settings.endpoint_url ?? '');
  });
  after(async () => {
    proxy?.close();
    await writeConfig(original);
  });
  return {
    select: async (driver: Driver) => {
      await clearMessages(driver);
      await setHttp('proxy', proxy?.url);
      await openView();
      await selectProfile('plain');
    },
    /** The paths of requests for objects, as the proxy received them. */
    askedPaths: () =>
      (proxy?.plain ?? [])
        .map((url) => url.replace(`http://${plainHost}`, '').replace(/\?.*/, ''))
        .filter((path) => path.endsWith('.txt')),
  };
}

describe('plain HTTP through a proxy', () => {
  trustTestServers();
  const plain = usePlainProxy();

  it('uses a link only with the path it shows', async function () {
    const driver = driverFor(this);
    await plain.select(driver);
    for (const [key, sentence] of [
      ['hello.txt', 'works'],
      ['team/../hello.txt', 'The proxy would change'],
    ] as const) {
      await copyLink(driver, commandIds.copyPresignedGetUrl, objectRow('docs', key));
      await commands.executeCommand(commandIds.testLink);
      await listMessages(driver, sentence);
    }
    assert.deepEqual([...new Set(plain.askedPaths())], ['/docs/hello.txt']);
  });

  it('requests an object only by its exact key', async function () {
    const driver = driverFor(this);
    await plain.select(driver);
    const file = workspaceFile('notes.txt');
    const running = await startUpload(driver, 'team/../theirs.txt', { file, bucket: 'docs' });
    await running.ended;
    await listMessages(driver, 'The proxy would change');
    assert.equal(plain.askedPaths().includes('/docs/theirs.txt'), false, 'something was sent');
  });
});

describe('a proxy that requires authentication', () => {
  trustTestServers();

  it('is named as the cause', async function () {
    const driver = driverFor(this);
    const { closedProxyUrl } = await connectS3().network();
    await setHttp('proxy', closedProxyUrl);
    await openView();
    await selectProfile('proxied');
    await waitForRows(driver, ([first = '']) => first.startsWith('The proxy requires a user name'));
  });
});

describe('a proxy that does not exist', () => {
  trustTestServers();
  let original = '';
  before(async () => {
    original = await readConfig();
    const { endpoint_url = '', region = '' } = settingsOf(original, 'profile proxied');
    const role = { role_arn: 'arn:aws:iam::123456789012:role/far', source_profile: 'proxied' };
    await writeConfig(withSection(original, 'profile distant', { ...role, endpoint_url, region }));
  });
  after(() => writeConfig(original));

  for (const profile of ['proxied', 'yonder', 'distant']) {
    it(`is named as the cause, without its password: ${profile}`, async function () {
      const driver = driverFor(this);
      await setHttp('proxy', 'http://someone:hunter2@127.0.0.1:1');
      await openView();
      await selectProfile(profile);
      await waitForRows(driver, ([first = '']) => first.startsWith('The proxy could not be reached.'));
    });
  }
});

describe('requests under way', () => {
  it('are aborted when another profile is selected', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.setFault('listingHangs');
    await s3.clearRequests();
    await openFirst(driver, { profile: 'default', bucket: 'docs' });
    await hangingListing(s3);
    const running = startCommand(commandIds.selectProfile);
    await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === 'other'));
    await driver.type('other');
    await driver.waitForQuickInput(({ items }) => items[0]?.label === 'other');
    await assertStopped(s3, () => driver.press('Enter'));
    await running.ended;
    await waitForRows(driver, (names) => names.join() === 'theirs');
  });

  it('are aborted when the prompt they were for is closed', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.setFault('listingHangs');
    await s3.clearRequests();
    const running = startCommand(commandIds.copyPresignedPutUrl, bucketRow('docs'));
    await driver.waitForQuickInput();
    await hangingListing(s3);
    await assertStopped(s3, () => driver.press('Escape'));
    await running.ended;
  });
});
