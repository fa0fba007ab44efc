import assert from 'node:assert/strict';
import { startStrictS3, type StrictS3 } from '../servers/strictS3/server.js';
import { answer } from './support/connectionPrompts.js';
import { alice } from '../support/identities.js';
import { keepSecrets, sealedLength } from './support/secretStorage.js';
import { useWorld, type World } from './support/world.js';

const account = '0123456789abcdef0123456789abcdef';

interface Store {
  readonly name: string;
  /** The answer to its question; absent where the prefilled value is accepted. */
  readonly said?: string;
  readonly host: string;
  readonly region: string;
}

const r2: Store = {
  name: 'Cloudflare R2',
  said: account,
  host: `${account}.r2.cloudflarestorage.com`,
  region: 'auto',
};
const otherStores: readonly Store[] = [
  { name: 'DigitalOcean Spaces', said: 'nyc3', host: 'nyc3.digitaloceanspaces.com', region: 'us-east-1' },
  { name: 'Google Cloud Storage (interoperability)', host: 'storage.googleapis.com', region: 'auto' },
];

/**
 * Every host except this machine is reached through a proxy, which leads to a server with another host's
 * certificate.
 */
describe('The test of a new connection', () => {
  const world = useWorld({
    config: () => '',
    isBehindProxy: true,
    preparePage: keepSecrets,
    usesLinks: false,
  });
  const open = useOpenServer();
  before(() => world.window.openView());
  testCancel(world, open);
  testClearText(world);
  testStoreTemplates(world);
  testSaveAnyway(world);
});

/** A server on this machine, which is reached without the proxy. */
function useOpenServer(): () => StrictS3 {
  let server: StrictS3 | undefined;
  before(async () => {
    server = await startStrictS3({ credentials: [alice] });
  });
  after(() => server?.close());
  return () => {
    assert.ok(server !== undefined);
    return server;
  };
}

/** Answers the questions after the region; only the keys are typed. */
async function answerRest(world: World): Promise<void> {
  await answer(world, /^Access key ID/, alice.accessKeyId);
  await answer(world, /^Secret access key/, alice.secretAccessKey);
  await answer(world, /^Session token/);
  await answer(world, /^Addressing style/);
  await answer(world, /^Connection name/);
}

function testCancel(world: World, open: () => StrictS3): void {
  it('can be cancelled while the server has not answered, and nothing is saved', async () => {
    const { window } = world;
    const server = open();
    const sealedBefore = await sealedLength(window.page);
    server.setFault(({ operation }) => (operation === 'ListBuckets' ? { kind: 'hang' } : undefined));
    await window.runCommand('S3: Add Connection...');
    await window.choose('Other');
    await answer(world, /^Endpoint:/, server.endpoint);
    await answer(world, /^Region to sign/);
    await answerRest(world);
    await window.notification(`Testing ${new URL(server.endpoint).host}`);
    assert.deepEqual(server.requests, [], 'the server has not answered');
    await window.clickNotificationButton('Cancel');
    await window.until('the end of the request', () =>
      Promise.resolve(
        server.requests.some(({ operation, status }) => operation === 'ListBuckets' && status === 0),
      ),
    );
    await window.quickInput(
      ({ message, value }) => message.startsWith('Endpoint') && value === server.endpoint,
    );
    await window.press('Escape');
    await window.noQuickInput();
    await window.noNotification();
    assert.equal(await window.page.locator('.monaco-dialog-box').count(), 0);
    assert.equal(await sealedLength(window.page), sealedBefore, 'nothing is saved');
    await window.runCommand('S3: Select AWS Profile...');
    const { items } = await window.quickInput(({ items }) => items.length > 0);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['Environment / default chain', 'Add Connection...'],
    );
    await window.press('Escape');
  });
}

function testClearText(world: World): void {
  it('over http:// needs consent once', async () => {
    const { window } = world;
    const typeEndpoint = async () => {
      await window.runCommand('S3: Add Connection...');
      await window.choose('Other');
      await answer(world, /^Endpoint:/, 'http://store.signpost.invalid');
    };
    await typeEndpoint();
    await window.dialog();
    await window.clickDialogButton('Use http://');
    await window.quickInput(({ message }) => message.startsWith('Region to sign'));
    await window.press('Escape');
    await window.noQuickInput();
    await typeEndpoint();
    await window.quickInput(({ message }) => message.startsWith('Region to sign'));
    assert.equal(await window.page.locator('.monaco-dialog-box').count(), 0);
    await window.press('Escape');
    await window.noQuickInput();
  });
}

/** Enters only the keys and what the store asks for, and waits until the trial has failed. */
async function tryStore({ world, store }: { readonly world: World; readonly store: Store }): Promise<void> {
  const { window, proxied } = world;
  const { name, said, host, region } = store;
  assert.equal(proxied.includes(`${host}:443`), false);
  await window.runCommand('S3: Add Connection...');
  await window.choose(name);
  await window.quickInput(({ title }) => title.includes('(2/8)'));
  await answer(world, /./, said);
  await window.quickInput(({ message, value }) => message.startsWith('Region to sign') && value === region);
  await window.press('Enter');
  await answerRest(world);
  const { message, detail } = await window.dialog();
  assert.equal(message, `Connection "${host}" does not work yet.`);
  assert.match(detail, /certificate/);
  assert.equal(proxied.includes(`${host}:443`), true, 'it was tried there');
}

function testStoreTemplates(world: World): void {
  for (const store of otherStores) {
    it(`goes to ${store.host}, in ${store.region}, from the template of ${store.name}`, async () => {
      const { window } = world;
      const sealedBefore = await sealedLength(window.page);
      await tryStore({ world, store });
      await window.clickDialogButton('Cancel');
      await window.noDialog();
      assert.equal(await sealedLength(window.page), sealedBefore, 'nothing is saved');
    });
  }
}

function testSaveAnyway(world: World): void {
  it('may fail, and the connection is still saved with "Save Anyway"', async () => {
    const { window, workbench } = world;
    const { host } = r2;
    await tryStore({ world, store: r2 });
    await window.clickDialogButton('Save Anyway');
    await window.page.getByRole('heading', { name: `S3: Buckets (${host})` }).waitFor();
    await window.problem("This machine does not trust the server's certificate").waitFor();
    assert.equal((await sealedLength(window.page)) > 100, true, 'the keys are sealed');
    await window.runCommand('S3: Select AWS Profile...');
    const { items } = await window.quickInput(({ items }) => items.length > 0);
    assert.deepEqual(items.map(({ label, description }) => [label, description]).slice(1, 2), [
      [host, `connection, ${host}`],
    ]);
    await window.press('Escape');
    // The window writes its state with a delay.
    const stored = `"name":"${host}","endpoint":"https://${host}","region":"auto","addressing":"auto"`;
    await window.until('the connection in the stored state', async () =>
      (await workbench.storedState()).includes(stored),
    );
    await window.runCommand('S3: Remove Connection...');
    await window.choose(host);
    await window.dialog();
    await window.clickDialogButton('Remove');
    await window.page.getByRole('heading', { name: `S3: Buckets (${host})` }).waitFor({ state: 'detached' });
  });
}
