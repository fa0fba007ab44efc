import assert from 'node:assert/strict';
import { writtenV4 } from '../../support/writtenLinks.js';
import { isTypedKey } from '../support/prompts.js';
import { openTooltip } from '../support/tooltip.js';
import { bucket } from '../support/uploads.js';
import { refreshRows } from '../support/tidy.js';
import type { World } from '../support/world.js';

const linkName = '[Report](command:workbench.action.openSettings).txt';
const iconName = 'report $(flame).txt';
const markupName = '<b>**a** &rlm; &#36;(zap) <mailto:me@example.com>.txt';
/** All of them at once; the next line is how Signpost shows it. */
const fileName = '[a](command:b) $(flame) <b>**c** &rlm;.md';
const shownFileName = fileName.replace('](', ']\u2060(').replace('$(', '$\u2060(');

/** Looks the same: an invisible character keeps VS Code from interpreting the brackets. */
const shownNames = {
  [linkName]: '[Report]\u2060(command:workbench.action.openSettings).txt',
  [iconName]: 'report $\u2060(flame).txt',
  [markupName]: markupName,
};
const shownIconKey = `zz/${shownNames[iconName]}`;

export const foreignFiles = { [fileName]: '# Notes\n' };

export function describeForeignText(world: World): void {
  describe('Keys that look like links and icons of VS Code', () => {
    before(async () => {
      for (const name of Object.keys(shownNames)) world.server.putObject(bucket, `zz/${name}`, name);
      await refreshRows(world.window);
    });
    beforeEach(() => world.window.expand(`Bucket ${bucket}`, 'Folder zz'));
    testMessage(world);
    testTooltip(world);
    testLists(world);
    testDialog(world);
  });
}

function testMessage(world: World): void {
  for (const [name, text] of Object.entries(shownNames)) {
    it(`shows ${name} in a message as text, with nothing to click and no icon`, async () => {
      const { window } = world;
      await window.chooseInMenu(`Object ${text}`, 'Copy Presigned GET URL...');
      await window.choose('1 hour');
      const { message } = await window.notification('Copied');
      await window.picture(`foreign text message ${name}`);
      assert.equal(message.startsWith(`Copied GET link for s3://${bucket}/zz/${text}. `), true, message);
      const toast = window.page.locator('.notification-list-item-message');
      assert.equal(await toast.locator('a').count(), 0);
      assert.equal(await toast.locator('.codicon').count(), 0);
      const response = await fetch(await window.copied());
      assert.equal(await response.text(), name);
    });
  }
}

function testTooltip(world: World): void {
  for (const [name, text] of Object.entries(shownNames)) {
    it(`shows ${name} in the tooltip of its row as text, with nothing to click and no icon`, async () => {
      const tooltip = await openTooltip(world.window, `Object ${text}`);
      assert.equal((await tooltip.innerText()).split('\n')[0], `zz/${text}`);
      assert.equal(await tooltip.locator('a, .codicon').count(), 0);
    });
  }
}

function testDialog(world: World): void {
  it('shows the names of a file and a key in a dialog as text, with nothing to click and no icon', async () => {
    const { window } = world;
    const address = `https://docs.s3.eu-west-1.amazonaws.com/${encodeURIComponent(fileName)}`;
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    await window.openFile(fileName);
    await window.setClipboard(writtenV4({ address, stamp }));
    await window.runCommand('S3: Upload Active File to Presigned URL...');
    const { message, detail } = await window.dialog();
    await window.picture('foreign text dialog');
    assert.equal(message, `Upload ${shownFileName} to docs.s3.eu-west-1.amazonaws.com?`);
    assert.equal(detail.includes(`Key: ${shownFileName}`), true, detail);
    const text = window.page.locator('.monaco-dialog-box .dialog-message-container');
    assert.equal(await text.locator('a, .codicon').count(), 0);
    await window.press('Escape');
    await window.noDialog();
  });
}

function testLists(world: World): void {
  it('shows the name of an icon as text in the list of keys', async () => {
    const { window } = world;
    await window.chooseInMenu('Folder zz', 'Create Presigned URL...');
    await window.quickInput(({ items }) => items.some(({ label }) => label === shownIconKey));
    await window.picture('foreign text list');
    const label = window.page.locator('.quick-input-list .label-name').filter({ hasText: 'flame' });
    assert.equal(await label.count(), 1);
    assert.equal(await label.locator('.codicon').count(), 0);
    await window.press('Escape');
  });

  it('shows it as text where it is typed, and in the prompt for the expiry', async () => {
    const { window } = world;
    await window.chooseInMenu('Folder zz', 'Create Presigned URL...');
    await window.quickInput(({ items }) => items.some(({ label }) => label === shownIconKey));
    await window.fill(`zz/${iconName}`);
    await window.quickInput(({ items }) => isTypedKey(items, shownIconKey));
    const typed = window.page.locator('.quick-input-list .label-name').first();
    assert.equal(await typed.locator('.codicon-flame').count(), 0);
    await window.press('Enter');
    await window.quickInput(({ items }) => items[0]?.label === 'Download (GET)');
    await window.press('Enter');
    const { placeholder } = await window.quickInput(({ items }) =>
      items.some(({ label }) => label === '1 hour'),
    );
    await window.press('Escape');
    assert.equal(placeholder, `Choose how long the link to ${shownIconKey} is valid`);
  });
}
