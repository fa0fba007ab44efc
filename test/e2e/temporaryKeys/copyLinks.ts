import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { textsOf } from '../../support/signedLinks.js';
import { refreshRows } from '../support/tidy.js';
import type { World } from '../support/world.js';

const bucket = 'acme-bulk';
const bulkCount = 2345;

export function describeCopyLinks(world: World): void {
  describe('Copying many links at once', () => {
    before(async () => {
      const { server, window } = world;
      server.createBucket(bucket);
      for (let index = 0; index < bulkCount; index += 1)
        server.putObject(bucket, `all/${index % 3}/${index}`, String(index));
      for (const name of ['a b.txt', 'c.txt', 'd.txt']) server.putObject(bucket, `few/${name}`, name);
      await refreshRows(window);
    });
    beforeEach(() => world.window.expand(`Bucket ${bucket}`));
    testSelection(world);
    testManyLinks(world);
    testCancel(world);
  });
}

/** Answers the prompts of "Copy Links...". */
async function answer({ window }: World, format: string, destination: string): Promise<void> {
  await window.choose(format);
  await window.choose(destination);
  await window.choose('1 hour');
}

async function saveAs({ window }: World, path: string): Promise<void> {
  await window.quickInput(({ value }) => value.includes('-links.'));
  await window.fill(path);
  // Until the dialog lists the folder, Enter takes the first item, or nothing.
  await window.quickInput(
    ({ value, items }) => value === path && items.length > 1 && !items.some(({ isActive }) => isActive),
  );
  await window.press('Enter');
  await window.noQuickInput();
}

/** The links of a list; they never reach a message. */
function linksIn(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

function testSelection(world: World): void {
  it('is offered for several rows, and copies a link for each', async () => {
    const { window } = world;
    await window.expand('Folder few');
    await window.row('Object a b.txt').click();
    await window.row('Object d.txt').click({ modifiers: ['Control'] });
    await window.chooseInMenu('Object d.txt', 'Copy Links...');
    await answer(world, 'Links, one per line', 'Copy to the clipboard');
    await window.notification('Copied download links for 2 selected items in s3://acme-bulk: 2.');
    assert.deepEqual((await textsOf(linksIn(await window.copied()))).toSorted(), ['a b.txt', 'd.txt']);
  });

  it('is not offered for one object, which has its own command', async () => {
    const { window } = world;
    await window.expand('Folder few');
    await window.row('Object c.txt').click();
    await window.openMenu('Object c.txt');
    await window.menuItem('Copy Presigned GET URL...').waitFor();
    assert.equal(await window.menuItem('Copy Links...').count(), 0);
    await window.press('Escape');
  });
}

async function startBulk(world: World, destination: string): Promise<void> {
  const { window } = world;
  await window.chooseInMenu('Folder all', 'Copy Links...');
  await answer(world, 'Links, one per line', destination);
  const { message } = await window.dialog();
  assert.equal(message, 'Create a link for each object in s3://acme-bulk/all/? There are more than 1,000.');
}

function testManyLinks(world: World): void {
  it('asks before it creates more than 1,000, and does nothing if declined', async () => {
    const { window, server } = world;
    server.clearRequests();
    await startBulk(world, 'Copy to the clipboard');
    // It lists no more than it needs to know: the first key of the fifth page of 250 is one too many.
    const listings = server.requests.filter(
      ({ path }) => path.includes('prefix=all%2F&') || path.endsWith('prefix=all%2F'),
    );
    assert.equal(listings.length, 5);
    await window.clickDialogButton('Cancel');
    await window.noDialog();
    assert.equal(await window.isClipboardUntouched(), true);
    assert.equal(await window.hasQuickInput(), false);
  });

  it('puts more than 1,000 into a file, one for each object of every folder', async () => {
    const { window } = world;
    await startBulk(world, 'Copy to the clipboard');
    await window.clickDialogButton('Save as a File...');
    await saveAs(world, world.path('bulk.txt'));
    const { message, buttons } = await window.notification(' in bulk.txt');
    assert.match(
      message,
      /^Saved download links for s3:\/\/acme-bulk\/all\/ in bulk\.txt: 2,345\. They expire at /,
    );
    assert.ok(buttons.includes('Open File'));
    const links = readFileSync(world.path('bulk.txt'), 'utf8').trimEnd().split('\n');
    const numbers = new Set(links.map((link) => new URL(link).pathname.split('/').at(-1)));
    assert.deepEqual([links.length, numbers.size], [bulkCount, bulkCount]);
    assert.deepEqual(await textsOf(linksIn(links.at(-1) ?? '')), [
      new URL(links.at(-1) ?? '').pathname.split('/').at(-1),
    ]);
    assert.equal(await window.isClipboardUntouched(), true);
  });
}

function testCancel(world: World): void {
  it('stops on Cancel in the middle, and leaves no file', async () => {
    const { window, server } = world;
    const path = world.path('half.txt');
    await startBulk(world, 'Save as a file...');
    // Two of three pages were read.
    server.setFault(({ operation }) => (operation === 'ListObjectsV2' ? { kind: 'hang' } : undefined));
    await window.clickDialogButton('Create Links');
    await saveAs(world, path);
    await window.notification('Creating links');
    const begun = () => readdirSync(dirname(path)).filter((name) => name.startsWith('half.txt'));
    await window.until('the writing to begin', () => Promise.resolve(begun().length === 1));
    // The progress of the listing may still be shown.
    const making = window.page.getByRole('dialog', { name: /Creating links/ });
    await making.getByRole('button', { name: 'Cancel' }).click();
    await window.until('the file to go', () => Promise.resolve(begun().length === 0));
    await window.noNotification();
    server.setFault(undefined);
  });
}
