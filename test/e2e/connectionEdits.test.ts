import assert from 'node:assert/strict';
import { answer } from './support/connectionPrompts.js';
import { readLink } from '../support/signedLinks.js';
import { alice, temporary } from '../support/identities.js';
import { profileSection } from './support/profiles.js';
import { keepSecrets } from './support/secretStorage.js';
import { useWorld, type World } from './support/world.js';

const name = 'Temporary';
const added = 'Bucket acme-uploads/inbox';

interface Answers {
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly name?: string;
}

/** Answers every question after the endpoint; what is left out keeps its value. */
async function answerAll(world: World, answers: Answers): Promise<void> {
  await answer(world, /^Region to sign/, answers.region);
  await answer(world, /^Access key ID/, answers.accessKeyId);
  await answer(world, /^Secret access key/, answers.secretAccessKey);
  await answer(world, /^Session token/, answers.sessionToken);
  await answer(world, /^Addressing style/);
  await answer(world, /^Connection name/, answers.name);
}

async function isStored({ workbench }: World, text: string): Promise<boolean> {
  return (await workbench.storedState()).includes(text);
}

describe('A connection with temporary keys', () => {
  const world = useWorld({
    config: ({ endpoint }) => profileSection('default', { credential: alice, endpoint }),
    preparePage: keepSecrets,
  });

  it('is added with its token, keeps a bucket, signs with edited keys, and is removed with its buckets', async () => {
    await add(world);
    await addBucket(world);
    await editAll(world);
    await editEndpoint(world);
    await remove(world);
  });
});

/** Adds it with its session token; it lists. */
async function add(world: World): Promise<void> {
  const { window, server } = world;
  await window.openView();
  await window.page.getByRole('heading', { name: 'S3: Buckets (default)' }).waitFor();
  await window.runCommand('S3: Add Connection...');
  await window.choose('Other');
  await answer(world, /^Endpoint/, server.endpoint);
  await answerAll(world, { ...temporary, name });
  await window.page.getByRole('heading', { name: `S3: Buckets (${name})` }).waitFor();
  await window.row('Bucket acme-website').waitFor();
  assert.equal(server.requests.at(-1)?.accessKeyId, temporary.accessKeyId);
}

/** Adds a bucket: it is kept over a restart, and apart from those of the profile. */
async function addBucket(world: World): Promise<void> {
  const { window } = world;
  await window.runCommand('S3: Add Bucket...');
  await window.quickInput(({ title }) => title === 'Add Bucket');
  await window.fill('s3://acme-uploads/inbox/');
  await window.press('Enter');
  await window.row(added).waitFor();
  await window.runCommand('S3: Select AWS Profile...');
  await window.choose('default');
  await window.page.getByRole('heading', { name: 'S3: Buckets (default)' }).waitFor();
  await window.row(added).waitFor({ state: 'detached' });
  await window.row('Bucket acme-website').waitFor();
  assert.equal(await window.row(added).count(), 0);
  await window.runCommand('S3: Select AWS Profile...');
  await window.choose(name);
  await window.row(added).waitFor();
  // The window writes its state with a delay, and a reload does not wait for it.
  await window.until('the bucket to be in the stored state', () => isStored(world, '"prefix":"inbox/"'));
  await window.until(
    'the choice of the connection to be in the stored state',
    async () => !(await isStored(world, '"kind":"profile","name":"default"')),
  );
  await window.reload();
  await window.openView();
  await window.expand(added);
  await window.row('Object README.md').waitFor();
}

/** Signs with the edited keys, region and endpoint. */
async function editAll(world: World): Promise<void> {
  const { window, server } = world;
  const endpoint = server.endpoint.replace('127.0.0.1', 'localhost');
  await window.runCommand('S3: Edit Connection...');
  await answer(world, /^Choose a connection/);
  await answer(world, /^Endpoint/, endpoint);
  server.clearRequests();
  await answerAll(world, { region: 'eu-west-1', ...alice });
  // VS Code expands the row again, as it was open before.
  await window.until('the listing by the other keys', () =>
    Promise.resolve(
      server.requests.some(
        ({ operation, accessKeyId: by }) => operation === 'ListObjectsV2' && by === alice.accessKeyId,
      ),
    ),
  );
  await window.row('Object README.md').waitFor();
  await window.markClipboard();
  await window.chooseInMenu('Object README.md', 'Copy Presigned GET URL...');
  await window.quickInput(({ items }) => items.length > 0);
  await window.press('Enter');
  await window.notification('Copied');
  const text = await window.copied();
  const { origin, accessKeyId, parameters } = readLink(text);
  assert.deepEqual([origin, accessKeyId], [endpoint, alice.accessKeyId]);
  assert.equal(parameters.includes('X-Amz-Security-Token'), false, 'the token was removed with its keys');
  assert.equal((await fetch(text)).status, 200);
  await window.clearNotifications();
}

/** Editing only the endpoint keeps the region that was typed. */
async function editEndpoint(world: World): Promise<void> {
  const { window, server } = world;
  await window.runCommand('S3: Edit Connection...');
  await answer(world, /^Choose a connection/);
  await answer(world, /^Endpoint/, server.endpoint);
  await window.quickInput(
    ({ message, value }) => message.startsWith('Region to sign') && value === 'eu-west-1',
  );
  await answerAll(world, {});
  const stored = `"endpoint":"${server.endpoint}","region":"eu-west-1"`;
  await window.until('the endpoint in the stored state', () => isStored(world, stored));
}

/** Removing the connection also removes the buckets added to it. */
async function remove(world: World): Promise<void> {
  const { window } = world;
  await window.runCommand('S3: Remove Connection...');
  await window.choose(name);
  await window.dialog();
  await window.clickDialogButton('Remove');
  await window.page.getByRole('heading', { name: 'S3: Buckets (default)' }).waitFor();
  await window.until(
    'the bucket to be gone from the stored state',
    async () => !(await isStored(world, '"prefix":"inbox/"')),
  );
}
