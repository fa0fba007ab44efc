import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runInBash } from '../../support/processes.js';
import { readLink } from '../../support/signedLinks.js';
import { isTypedKey } from '../support/prompts.js';
import type { Window } from '../support/window.js';
import type { World } from '../support/world.js';

export function describeCopyLink(world: World): void {
  describe('Copying links from rows', () => {
    const folder = useFolder();
    beforeEach(() => world.window.expand('Bucket acme-uploads', 'Folder inbox'));
    testGet(world, folder);
    testGetAsCurl(world, folder);
    testPutOnFolder(world, folder);
    testPutAsCurl(world, folder);
    testPutOnObject(world);
  });
}

/** An empty folder for programs that use the links. */
function useFolder(): (name: string) => string {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signpost-e2e-curl-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}

/** Copies a download link to an object, and waits for VS Code's message. */
async function copyGetLink(window: Window): Promise<void> {
  await window.chooseInMenu('Object survey results.csv', 'Copy Presigned GET URL...');
  await window.choose('1 hour');
  await window.notification('Copied');
}

/** Chooses the key for an upload link to a folder. */
async function chooseKey(window: Window, name: string): Promise<void> {
  await window.chooseInMenu('Folder inbox', 'Copy Presigned PUT URL...');
  await window.quickInput(
    ({ placeholder, value }) => placeholder.startsWith('Object key') && value === 'inbox/',
  );
  await window.type(name);
  await window.quickInput(({ items }) => isTypedKey(items, `inbox/${name}`));
}

function testGet(world: World, path: (name: string) => string): void {
  it('copies a GET link to an object, and curl downloads it', async () => {
    const { window, server } = world;
    // The last choice is listed first.
    await copyGetLink(window);
    await window.clearNotifications();
    await window.markClipboard();
    await window.picture('get 1 tree');
    await window.openMenu('Object survey results.csv');
    await window.picture('get 2 menu');
    await window.chooseMenuItem('Copy Presigned GET URL...');
    const { items } = await window.quickInput(({ items }) => items.length > 0);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['1 hour', '15 minutes', '12 hours', '1 day', '7 days', 'Custom...'],
    );
    await window.picture('get 3 expiry');
    await window.choose('1 hour');
    const { message } = await window.notification('Copied');
    await window.picture('get 4 copied');
    const text = await window.copied();
    const link = readLink(text);
    const sentence =
      /^Copied GET link for s3:\/\/acme-uploads\/inbox\/survey results\.csv\. Expires at (?:\w{3}, \w{3} \d+, )?(\d\d:\d\d) \(in 1 hour\)\.$/.exec(
        message,
      );
    assert.equal(sentence?.[1], link.expiresAt, message);
    assert.equal(link.isOneUrl, true);
    assert.equal(link.path, '/acme-uploads/inbox/survey results.csv');
    assert.equal(link.expiresSeconds, 3600);
    assert.equal(link.region, 'eu-central-1');
    assert.deepEqual(
      link.parameters.filter((name) => /checksum/i.test(name)),
      [],
    );
    const { exitCode } = await run('curl', ['--fail', '--silent', '--output', path('by curl'), text]);
    assert.equal(exitCode, 0);
    const stored = server.getObject('acme-uploads', 'inbox/survey results.csv')?.body;
    assert.equal(stored?.equals(await readFile(path('by curl'))), true);
  });
}

function testGetAsCurl(world: World, path: (name: string) => string): void {
  it('offers the same link as a bash command', async () => {
    const { window, server } = world;
    await copyGetLink(window);
    await window.markClipboard();
    await window.clickNotificationButton('Copy as cURL');
    const command = await window.copied();
    assert.equal(command.startsWith('curl '), true);
    const { exitCode } = await runInBash(command, path(''));
    assert.equal(exitCode, 0);
    const stored = server.getObject('acme-uploads', 'inbox/survey results.csv')?.body;
    assert.equal(stored?.equals(await readFile(path('survey results.csv'))), true);
  });
}

function testPutOnFolder(world: World, path: (name: string) => string): void {
  it('copies a PUT link for a key in a folder', async () => {
    const { window, server } = world;
    await chooseKey(window, "it's new & fine.bin");
    await window.picture('put folder 1 key');
    await window.press('Enter');
    await window.choose('15 minutes');
    const { message } = await window.notification('Copied');
    await window.picture('put folder 2 copied');
    assert.match(
      message,
      /^Copied PUT link for s3:\/\/acme-uploads\/inbox\/it's new & fine\.bin\. .* \(in 15 minutes\)\.$/,
    );
    const text = await window.copied();
    const link = readLink(text);
    assert.equal(link.isOneUrl, true);
    assert.deepEqual(
      link.parameters.filter((name) => /checksum/i.test(name)),
      [],
    );
    await writeFile(path('new.bin'), 'bytes of curl');
    const { exitCode } = await run('curl', ['--fail', '--silent', '--upload-file', path('new.bin'), text]);
    assert.equal(exitCode, 0);
    assert.equal(
      server.getObject('acme-uploads', "inbox/it's new & fine.bin")?.body.toString(),
      'bytes of curl',
    );
  });
}

function testPutAsCurl(world: World, path: (name: string) => string): void {
  it('offers the PUT link as a command that runs in bash unchanged', async () => {
    const { window, server } = world;
    await writeFile(path("it's for bash & fine.bin"), 'bytes of bash');
    await chooseKey(window, "it's for bash & fine.bin");
    await window.press('Enter');
    await window.choose('15 minutes');
    await window.notification('Copied');
    await window.markClipboard();
    await window.clickNotificationButton('Copy as cURL');
    const { exitCode } = await runInBash(await window.copied(), path(''));
    assert.equal(exitCode, 0);
    assert.equal(
      server.getObject('acme-uploads', "inbox/it's for bash & fine.bin")?.body.toString(),
      'bytes of bash',
    );
  });
}

function testPutOnObject(world: World): void {
  it('says that a PUT link on an object replaces it', async () => {
    const { window, server } = world;
    await window.chooseInMenu('Object README.md', 'Copy Presigned PUT URL...');
    await window.choose('15 minutes');
    await window.notification('Copied');
    await window.clearNotifications();
    await window.markClipboard();
    await window.chooseInMenu('Object README.md', 'Copy Presigned PUT URL...');
    const { placeholder, items } = await window.quickInput(({ items }) => items.length > 0);
    assert.match(placeholder, /can replace inbox\/README\.md/);
    assert.equal(items[0]?.label, '15 minutes', 'the last choice is not listed first');
    await window.picture('put object 1 expiry');
    await window.press('Enter');
    await window.notification('Copied PUT link for s3://acme-uploads/inbox/README.md.');
    const { status } = await fetch(await window.copied(), { method: 'PUT', body: 'replaced' });
    assert.equal(status, 200);
    assert.equal(server.getObject('acme-uploads', 'inbox/README.md')?.body.toString(), 'replaced');
  });
}
