import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { maxPutBytes } from '../../../src/core/transfer/link/uploadBody.js';
import { fileRow, menuItems, openFileMenu } from '../support/explorer.js';
import { activeLabel, bucket, startUpload, uploadRequest } from '../support/uploads.js';
import type { World } from '../support/world.js';

const presign = 'Presign Upload...';
const upload = 'Upload Active File Through Presigned URL...';
const binary = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) & 0xff));
const notebook = JSON.stringify({
  cells: [{ cell_type: 'markdown', metadata: {}, source: ['# Ledger'] }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

const firstPage = '<p>first</p>\n';

export const sourceFiles = {
  'data.bin': binary,
  'ledger.ipynb': notebook,
  'page.html': firstPage,
  'notes.txt': 'notes\n',
  'huge.iso': '',
};

export function describeUploadSources(world: World): void {
  describe('Uploading from everywhere a file is shown', () => {
    before(() => truncate(world.path('huge.iso'), maxPutBytes + 1));
    testExplorerMenu(world);
    testTabMenu(world);
    testTooLarge(world);
    testBytes(world);
    testRewritten(world);
    testClosedFolder(world);
  });
}

/** Waits until Presign Upload lists the buckets; gives the first entry. */
async function firstDestination({ window }: World, name: string): Promise<string> {
  const { items } = await window.quickInput(
    ({ title, items }) =>
      title === `Presign Upload of ${name} (1/3)` && items.some(({ label }) => label === 'acme-website'),
  );
  const [first] = items.filter(({ label }) => label !== '');
  return `${first?.label ?? ''}, ${first?.description ?? ''}`;
}

/** Answers the questions of Presign Upload for a folder and a key. */
async function copyLinkTo({ window }: World, folder: string, key: string): Promise<void> {
  const place = `s3://${bucket}/${folder}`;
  await window.fill(place);
  await window.quickInput((input) => activeLabel(input).endsWith(place));
  await window.press('Enter');
  await window.quickInput(({ value }) => value === key);
  await window.press('Enter');
  await window.choose('1 hour');
  await window.notification(`Copied PUT link for s3://${bucket}/${key}.`);
}

function testExplorerMenu(world: World): void {
  it('copies a link for a file of the Explorer, and offers its folder first the next time', async () => {
    const { window, server } = world;
    await openFileMenu(world, 'notes.txt');
    await window.picture('sources 1 explorer menu');
    await window.chooseMenuItem(presign);
    await firstDestination(world, 'notes.txt');
    await copyLinkTo(world, 'only-copied/', 'only-copied/notes.txt');
    const link = await window.copied();
    assert.equal(server.getObject(bucket, 'only-copied/notes.txt'), undefined);
    assert.equal((await fetch(link, { method: 'PUT', body: 'sent' })).status, 200);
    await openFileMenu(world, 'notes.txt');
    await window.chooseMenuItem(presign);
    const first = await firstDestination(world, 'notes.txt');
    await window.picture('sources 2 used before');
    await window.press('Escape');
    assert.equal(first, `s3://${bucket}/only-copied/, recently used`);
  });

  it('offers no command for two files at once', async () => {
    const { window } = world;
    await openFileMenu(world, 'notes.txt');
    const ofOne = await menuItems(world);
    await window.press('Escape');
    await fileRow(world, 'notes.txt').click();
    await fileRow(world, 'page.html').click({ modifiers: ['Control'] });
    await openFileMenu(world, 'page.html');
    const ofTwo = await menuItems(world);
    await window.picture('sources 3 two files');
    await window.press('Escape');
    const commands = ['Copy Path', presign, upload];
    assert.deepEqual(
      commands.filter((command) => ofOne.includes(command)),
      commands,
    );
    assert.deepEqual(
      commands.filter((command) => ofTwo.includes(command)),
      ['Copy Path'],
    );
  });
}

function testTabMenu(world: World): void {
  it('copies a link for the file of a tab, even when another tab is active', async () => {
    const { window, server } = world;
    await window.openFile('page.html');
    await window.openFile('notes.txt');
    await window.page.getByRole('tab', { name: 'page.html' }).click({ button: 'right' });
    await window.menuItem().first().waitFor();
    await window.chooseMenuItem(presign);
    await firstDestination(world, 'page.html');
    await copyLinkTo(world, 'tab/', 'tab/page.html');
    await window.clickNotificationButton('Upload page.html Now');
    await window.notification(`Uploaded to s3://${bucket}/tab/page.html`);
    assert.equal(
      server.getObject(bucket, 'tab/page.html')?.body.toString(),
      await readFile(world.path('page.html'), 'utf8'),
    );
  });

  it('offers the last upload destination first', async () => {
    const { window } = world;
    await window.openFile('notes.txt');
    await startUpload(world, 'last/notes.txt');
    await window.notification(`Uploaded to s3://${bucket}/last/notes.txt`);
    await window.runCommand(`S3: ${presign}`);
    const first = await firstDestination(world, 'notes.txt');
    await window.press('Escape');
    assert.equal(first, `s3://${bucket}/last/, recently used`);
  });
}

function testTooLarge(world: World): void {
  for (const command of [presign, upload]) {
    it(`refuses a file too large for one PUT before asking anything: ${command}`, async () => {
      const { window, server } = world;
      server.clearRequests();
      await openFileMenu(world, 'huge.iso');
      await window.chooseMenuItem(command);
      await window.notification('The file is larger than 5 GiB, the maximum for a PUT link.');
      await window.picture('sources 4 too large');
      assert.equal(await window.hasQuickInput(), false);
      assert.deepEqual(
        server.requests.map(({ operation }) => operation),
        [],
      );
    });
  }
}

function testBytes(world: World): void {
  const editors = {
    'data.bin': { bytes: binary, shown: '.monaco-editor-pane-placeholder' },
    'ledger.ipynb': { bytes: Buffer.from(notebook), shown: '.notebook-editor' },
  };
  for (const [name, { bytes, shown }] of Object.entries(editors)) {
    it(`uploads the bytes of ${name}, which is not open as text`, async () => {
      const { window, server } = world;
      await window.openTab(name);
      await window.page.locator('.part.editor').locator(shown).first().waitFor();
      await startUpload(world, `bytes/${name}`);
      await window.notification(`Uploaded to s3://${bucket}/bytes/${name}`);
      await window.picture(`sources 5 ${name}`);
      assert.deepEqual(server.getObject(bucket, `bytes/${name}`)?.body, bytes);
    });
  }
}

function testRewritten(world: World): void {
  it('uploads the current content after the last prompt, and signs its type', async () => {
    const { window, server } = world;
    const second = `<p>${'second '.repeat(5000)}</p>\n`;
    server.putObject(bucket, 'rewritten/page.html', 'there before');
    await window.openFile('page.html');
    await startUpload(world, 'rewritten/page.html');
    assert.match((await window.dialog()).message, /already exists: .* Replace it\?$/);
    await writeFile(world.path('page.html'), second);
    await window.clickDialogButton('Replace');
    await window.notification(`Uploaded to s3://${bucket}/rewritten/page.html`);
    assert.equal(server.getObject(bucket, 'rewritten/page.html')?.body.toString(), second);
    assert.equal(await readFile(world.path('page.html'), 'utf8'), second);
    const { path, headers } = uploadRequest(world, 'rewritten/page.html');
    const signed = new URLSearchParams(path.split('?')[1]).get('X-Amz-SignedHeaders')?.split(';');
    assert.equal(signed?.includes('content-type'), true);
    assert.equal(headers['content-type'], 'text/html');
  });
}

function testClosedFolder(world: World): void {
  it('neither opens a closed folder for an uploaded object nor selects its row', async () => {
    const { window } = world;
    await window.openFile('notes.txt');
    await window.openView();
    await window.expand(`Bucket ${bucket}`, 'Folder inbox');
    await window.row('Object README.md').waitFor();
    await window.row('Folder inbox').click();
    await window.row('Object README.md').waitFor({ state: 'hidden' });
    await startUpload(world, 'inbox/quiet.txt');
    await window.notification(`Uploaded to s3://${bucket}/inbox/quiet.txt`);
    // The first upload has updated the view before the second command asks anything.
    await window.runCommand(`S3: ${presign}`);
    await firstDestination(world, 'notes.txt');
    await window.press('Escape');
    assert.equal(await window.row('Folder inbox').getAttribute('aria-expanded'), 'false');
    await window.row('Folder inbox').click();
    await window.row('Object quiet.txt').waitFor();
    assert.equal(await window.row('Object quiet.txt').getAttribute('aria-selected'), 'false');
  });
}
