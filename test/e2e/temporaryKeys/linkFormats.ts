import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInBash } from '../../support/processes.js';
import type { World } from '../support/world.js';

const bucket = 'acme-uploads';
const csv = 'inbox/survey results.csv';

export const formatFiles = { 'notes.md': '# Links\n\n', 'list.txt': '\n' };

/** The saved files hold links, of which the editor would keep copies. */
export const formatSettings = { 'workbench.localHistory.enabled': false, 'files.hotExit': 'off' };

export function describeLinkFormats(world: World): void {
  describe('Links in other formats', () => {
    testCopyAs(world);
    testDrop(world);
    testDropOfSeveral(world);
  });
}

function testCopyAs(world: World): void {
  it('copies a row as a wget command that downloads the object', async () => {
    const { window, server } = world;
    const folder = await mkdtemp(join(tmpdir(), 'signpost-e2e-forms-'));
    try {
      await window.expand(`Bucket ${bucket}`, 'Folder inbox');
      await window.chooseInMenu('Object survey results.csv', 'More Link Actions', 'Copy Link As...');
      await window.choose('Download (GET)');
      await window.quickInput(({ placeholder }) => placeholder === 'Choose a format');
      await window.picture('copy as 1 forms');
      await window.choose('wget');
      await window.choose('1 hour');
      await window.notification(`Copied GET link (wget) for s3://${bucket}/${csv}.`);
      const { exitCode } = await runInBash(await window.copied(), folder);
      assert.equal(exitCode, 0);
      const downloaded = await readFile(join(folder, 'survey results.csv'));
      assert.equal(server.getObject(bucket, csv)?.body.equals(downloaded), true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Drags a row into the open editor, holding Shift as VS Code requires. */
async function dragIntoEditor({ window }: World, row: string): Promise<void> {
  const { page } = window;
  const from = await window.row(row).boundingBox();
  const to = await page.locator('.editor-instance .view-lines').boundingBox();
  assert.ok(from !== null && to !== null);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.keyboard.down('Shift');
  await page.mouse.move(to.x + 100, to.y + 60, { steps: 10 });
  await page.mouse.move(to.x + 120, to.y + 70, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

/** The text of the open file, saved. */
async function savedText(world: World, name: string, isWanted: (text: string) => boolean): Promise<string> {
  const { window } = world;
  await window.page.locator('.tab.active.dirty').waitFor();
  await window.runCommand('File: Save');
  // Until then VS Code keeps its own copy.
  await window.page.locator('.tab.dirty').waitFor({ state: 'detached' });
  const saved = await readFile(world.path(name), 'utf8');
  assert.equal(isWanted(saved), true, 'the links are in the file');
  return saved;
}

function testDrop(world: World): void {
  it('inserts a Markdown link where a row is dropped, after asking for the expiry', async () => {
    const { window, server } = world;
    await window.openFile('notes.md');
    await window.openView();
    await window.expand(`Bucket ${bucket}`, 'Folder inbox');
    // The place of a drop is counted from the first line.
    await window.page.locator('.editor-instance .view-line', { hasText: 'Links' }).waitFor();
    await dragIntoEditor(world, 'Object survey results.csv');
    await window.quickInput(({ items }) => items.some(({ label }) => label === 'Custom...'));
    await window.picture('drop 1 expiry');
    await window.choose('15 minutes');
    const text = await savedText(world, 'notes.md', (saved) => saved.includes(']('));
    const [, url = ''] = /\((\S+)\)/.exec(text) ?? [];
    assert.equal(text.replace(url, 'URL').trimEnd(), '# Links\n\n[survey results.csv](URL)');
    await window.picture('drop 2 inserted');
    const answer = await fetch(url);
    assert.equal(server.getObject(bucket, csv)?.body.equals(Buffer.from(await answer.arrayBuffer())), true);
    assert.equal(new URL(url).searchParams.get('X-Amz-Expires'), '900');
  });
}

function testDropOfSeveral(world: World): void {
  it('inserts one line for each of several rows', async () => {
    const { window } = world;
    await window.openFile('list.txt');
    await window.openView();
    await window.expand(`Bucket ${bucket}`, 'Folder inbox');
    await window.row('Object survey results.csv').click();
    await window.row('Object README.md').click({ modifiers: ['Control'] });
    await dragIntoEditor(world, 'Object README.md');
    const { placeholder } = await window.quickInput(({ items }) =>
      items.some(({ label }) => label === 'Custom...'),
    );
    assert.equal(placeholder, 'Choose how long the 2 links are valid');
    await window.press('Enter');
    const text = await savedText(world, 'list.txt', (saved) => saved.split('X-Amz-Signature').length === 3);
    const urls = text.split('\n').filter((line) => line !== '');
    assert.equal(urls.length, 2);
    for (const url of urls) assert.equal((await fetch(url)).status, 200);
  });
}
