import assert from 'node:assert/strict';
import {
  answer,
  changeStore,
  complaint,
  fillTemplate,
  makeEndpointMistakes,
  offerStores,
  refuseClearText,
} from './support/connectionPrompts.js';
import { hostileFiles } from './support/hostileWorkspace.js';
import { readLink } from '../support/signedLinks.js';
import { readTraces } from './support/leaks.js';
import { alice, dave } from '../support/identities.js';
import { run } from '../support/processes.js';
import { keepSecrets, sealedLength } from './support/secretStorage.js';
import type { StrictS3 } from '../servers/strictS3/server.js';
import { useWorld, type World } from './support/world.js';

/** By host name: with an IP address no bucket could go into the host, whatever a workspace tries. */
function endpointOf({ endpoint }: StrictS3): string {
  return endpoint.replace('127.0.0.1', 'localhost');
}

describe('A connection, in Restricted Mode,', () => {
  const world = useWorld({
    config: () => '',
    files: hostileFiles,
    workspaceTrust: true,
    preparePage: keepSecrets,
  });

  it('is offered by store templates, and each step rejects mistakes as they are typed', async () => {
    await offerStores(world);
    await fillTemplate(world);
    await changeStore(world);
    await makeEndpointMistakes(world);
    await refuseClearText(world);
  });

  it('is tested, saved, used, kept after a restart, renamed, given new keys and removed', async () => {
    await tryWrongSecret(world);
    await saveWorking(world);
    await listRestricted(world);
    await copyLink(world);
    await restart(world);
    await searchKeys(world);
    await pick(world);
    await rename(world);
    await loseKeys(world);
    await addNarrow(world);
    await remove(world);
  });
});

/** Tries the connection with one request, and reports what is wrong with it. */
async function tryWrongSecret(world: World): Promise<void> {
  const { window, server } = world;
  server.clearRequests();
  await window.openView();
  await window.runCommand('S3: Add Connection...');
  await window.choose('Other');
  await answer(world, /^Endpoint:/, endpointOf(server));
  await answer(world, /^Region to sign/);
  await answer(world, /^Access key ID/, alice.accessKeyId);
  await window.quickInput(({ message }) => message.startsWith('Secret access key'));
  assert.equal(await window.page.locator('.quick-input-box input').getAttribute('type'), 'password');
  await window.type('wrong+secret');
  await window.picture('connection 5 secret');
  await window.press('Enter');
  await answer(world, /^Session token/);
  await window.quickInput(({ items }) => items.length === 3);
  await window.picture('connection 6 addressing');
  await window.press('Enter');
  await window.quickInput(({ message }) => message.startsWith('Connection name'));
  assert.equal(server.requests.length, 0, 'nothing is sent before the last answer');
  await window.fill('My Store');
  await window.press('Enter');
  const { message, detail } = await window.dialog();
  assert.equal(message, 'Connection "My Store" does not work yet.');
  assert.match(detail, /S3 rejected the signature: the secret key of this connection/);
  await window.picture('connection 7 refused');
  assert.deepEqual(
    server.requests.map(({ operation }) => operation),
    ['ListBuckets'],
  );
  assert.equal(await sealedLength(window.page), 0, 'nothing is saved');
  await window.clickDialogButton('Edit...');
}

/** Keeps the answers, saves what works and lists it. */
async function saveWorking(world: World): Promise<void> {
  const { window, server } = world;
  await window.quickInput(({ value }) => value === endpointOf(server));
  await window.press('Enter');
  await answer(world, /^Region to sign/);
  await answer(world, /^Access key ID/);
  await answer(world, /^Secret access key/, alice.secretAccessKey);
  await answer(world, /^Session token/);
  await answer(world, /^Addressing style/);
  await window.quickInput(({ value }) => value === 'My Store');
  await window.press('Enter');
  await window.row('Bucket acme-website').waitFor();
  await window.page.getByRole('heading', { name: 'S3: Buckets (My Store)' }).waitFor();
  await window.picture('connection 8 listed');
  assert.equal((await sealedLength(window.page)) > 100, true, 'the keys are sealed');
}

/** Uses nothing from the settings and files of the workspace. */
async function listRestricted(world: World): Promise<void> {
  const { window, server } = world;
  await window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  server.clearRequests();
  await window.expand('Bucket acme-logs-2500');
  await window.expand('Bucket acme-uploads', 'Folder inbox');
  const listings = server.requests.filter(({ operation }) => operation === 'ListObjectsV2');
  assert.equal(listings.length > 0, true);
  for (const { path } of listings) assert.match(path, /^\/acme-.*[?&]max-keys=300(?:&|$)/);
  await window.picture('connection 9 restricted');
}

/** Copies a link that curl downloads with. */
async function copyLink(world: World): Promise<void> {
  const { window, server } = world;
  await window.markClipboard();
  await window.chooseInMenu('Object README.md', 'Copy Presigned GET URL...');
  const { items } = await window.quickInput(({ items }) => items.length > 0);
  assert.equal(items[0]?.label, '1 hour', 'the workspace does not choose the expiry');
  await window.press('Enter');
  const { message } = await window.notification('Copied');
  const text = await window.copied();
  const link = readLink(text);
  assert.equal(link.origin, endpointOf(server));
  assert.equal(link.path, '/acme-uploads/inbox/README.md');
  assert.equal(message.includes(link.expiresAt), true);
  const { exitCode, stdout } = await run('curl', ['--fail', '--silent', text]);
  assert.equal(exitCode, 0);
  assert.equal(stdout, server.getObject('acme-uploads', 'inbox/README.md')?.body.toString());
}

/** Is still there after a restart, with its keys. */
async function restart(world: World): Promise<void> {
  const { window, server } = world;
  const before = server.requests.length;
  await window.reload();
  await window.openView();
  await window.row('Bucket acme-website').waitFor();
  await window.page.getByRole('heading', { name: 'S3: Buckets (My Store)' }).waitFor();
  assert.equal(server.requests[before]?.accessKeyId, alice.accessKeyId);
}

/** Leaves its keys in no file, log or stored state. */
async function searchKeys(world: World): Promise<void> {
  const { workbench, server } = world;
  const traces = await readTraces(workbench);
  const stored = traces.at(-1)?.text ?? '';
  assert.equal(stored.includes('My Store'), true, 'the stored state was read');
  assert.equal(stored.includes(new URL(endpointOf(server)).host), true);
  for (const { name, text } of traces) {
    for (const secret of [alice.secretAccessKey, alice.accessKeyId, 'wrong+secret']) {
      assert.equal(text.includes(secret), false, `a key is in ${name}`);
    }
  }
}

/** Appears next to the profiles in the picker. */
async function pick(world: World): Promise<void> {
  const { window, server } = world;
  await window.runCommand('S3: Select AWS Profile...');
  const { items } = await window.quickInput(({ items }) => items.length > 0);
  const { host } = new URL(endpointOf(server));
  assert.deepEqual(
    items.map(({ label, description }) => [label, description]),
    [
      ['Environment / default chain', 'variables, container or instance role'],
      ['My Store', `connection, ${host}`],
      ['Add Connection...', 'for a store without an AWS profile, such as MinIO, R2 or B2'],
    ],
  );
  await window.picture('connection 10 picker');
  await window.choose('Environment / default chain');
  await window.page.getByRole('heading', { name: 'S3: Buckets (environment)' }).waitFor();
  await window.runCommand('S3: Select AWS Profile...');
  await window.choose('My Store');
  await window.row('Bucket acme-website').waitFor();
}

/** Renames it; the stored keys stay. */
async function rename(world: World): Promise<void> {
  const { window } = world;
  await window.runCommand('S3: Edit Connection...');
  await answer(world, /^Choose a connection/);
  await answer(world, /^Endpoint/);
  await answer(world, /^Region to sign/);
  await answer(world, /^Access key ID/);
  await answer(world, /^Secret access key\. Leave it empty to keep/);
  await answer(world, /^Session token/);
  await answer(world, /^Addressing style/);
  await answer(world, /^Connection name/, 'Renamed');
  await window.page.getByRole('heading', { name: 'S3: Buckets (Renamed)' }).waitFor();
  await window.row('Bucket acme-website').waitFor();
  await window.picture('connection 11 renamed');
}

/** Reports that its keys are missing, and accepts them again. */
async function loseKeys(world: World): Promise<void> {
  const { window, workbench } = world;
  // The window writes its state with a delay, and a reload does not wait for it.
  await window.until('the name to be in the stored state', async () =>
    (await workbench.storedState()).includes('"name":"Renamed"'),
  );
  await window.page.evaluate("localStorage.removeItem('secrets.provider')");
  await window.reload();
  await window.openView();
  const row = window.problem('No keys are stored on this machine for connection "Renamed"');
  await row.waitFor();
  await window.picture('connection 12 keys gone');
  await row.click();
  await answer(world, /^Endpoint/);
  await answer(world, /^Region to sign/);
  await answer(world, /^Access key ID/, alice.accessKeyId);
  await answer(world, /^Secret access key\. It is stored/, alice.secretAccessKey);
  await answer(world, /^Session token/);
  await answer(world, /^Addressing style/);
  await answer(world, /^Connection name/);
  await window.row('Bucket acme-website').waitFor();
}

/** Saves it, with a notice, although its keys may not list buckets. */
async function addNarrow(world: World): Promise<void> {
  const { window, server } = world;
  await window.runCommand('S3: Add Connection...');
  await window.choose('Other');
  await answer(world, /^Endpoint/, endpointOf(server));
  await answer(world, /^Region to sign/);
  await answer(world, /^Access key ID/, dave.accessKeyId);
  await answer(world, /^Secret access key/, dave.secretAccessKey);
  await answer(world, /^Session token/);
  await answer(world, /^Addressing style/);
  await window.quickInput(({ message }) => message.startsWith('Connection name'));
  await complaint(world, 'Renamed', /Another connection already has this name/);
  await answer(world, /Another connection/, 'Narrow');
  await window.notification(
    'Saved connection "Narrow". Its keys do not have permission to list buckets. Add buckets by name.',
  );
  await window.page.getByRole('heading', { name: 'S3: Buckets (Narrow)' }).waitFor();
  await window.clearNotifications();
}

/** Removes it with its keys after a yes. */
async function remove(world: World): Promise<void> {
  const { window, workbench } = world;
  for (const name of ['Narrow', 'Renamed']) {
    await window.runCommand('S3: Remove Connection...');
    await window.choose(name);
    const { message } = await window.dialog();
    assert.equal(message, `Remove connection "${name}" and its keys from this machine?`);
    await window.picture(`connection 13 remove ${name}`);
    await window.clickDialogButton('Remove');
    if (name === 'Narrow') await window.page.getByText('Choose a profile from your AWS files').waitFor();
  }
  await window.runCommand('S3: Select AWS Profile...');
  const { items } = await window.quickInput(({ items }) => items.length === 2);
  assert.equal(
    items.some(({ label }) => label === 'Renamed'),
    false,
  );
  await window.press('Escape');
  assert.equal((await sealedLength(window.page)) < 100, true, 'no keys are left');
  // The window writes its state with a delay.
  await window.until('the connections to be gone from the stored state', async () => {
    const stored = await workbench.storedState();
    return !/"name":"(?:Renamed|Narrow)"/.test(stored);
  });
}
