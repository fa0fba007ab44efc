import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { copied, markClipboard } from './support/clipboard.js';
import { hasExpiries, linkIn } from './support/links.js';
import { choose, format, kind, type Answer } from './support/questions.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { openBash, type BashTerminal } from './support/terminal.js';
import { driverFor, startCommand } from './support/window.js';

/** Pasted unescaped, it interrupts the prompt, runs its own command and comments out the rest. */
const key = 'pasted/a\n touch pwned-1;\n\u0003\n touch pwned-2\r#.txt';
/** The name a download is saved under. */
const safeName = 'a touch pwned-1; touch pwned-2#.txt';
/** The name of the uploaded file, as no file can have the name of the key. */
const fallbackName = 'object';
const formKeys = 'Choose which keys the form can upload to';

/** Copies a link to the object as a bash command. */
async function copyCommand(driver: Driver, answers: readonly Answer[]): Promise<string> {
  await markClipboard();
  const running = startCommand(commandIds.copyLinkAs, objectRow('docs', key));
  for (const answer of [...answers, format('cURL for bash')]) await choose(driver, answer);
  await driver.waitForQuickInput(hasExpiries);
  await driver.press('Enter');
  await running.ended;
  const command = (await copied()) ?? '';
  linkIn(command);
  return command;
}

describe('a command about a hostile key, pasted into a terminal', () => {
  let terminal: BashTerminal | undefined;

  afterEach(async () => {
    await terminal?.close();
    terminal = undefined;
  });

  it('downloads the object under a safe name, and runs nothing else', async function () {
    const driver = driverFor(this);
    terminal = await openBash(this, driver);
    await connectS3().put('docs', key, 'from S3');
    const command = await copyCommand(driver, [kind('Download (GET)')]);
    await terminal.paste(command);
    await terminal.enter();
    assert.deepEqual(await terminal.files(), [safeName]);
    assert.equal(await readFile(join(terminal.folder, safeName), 'utf8'), 'from S3');
  });

  const uploads: Readonly<Record<string, readonly Answer[]>> = {
    'a link': [kind('Upload (PUT)')],
    'a form': [kind('Form upload (POST)'), [formKeys, 'Exactly this key']],
  };
  for (const [what, answers] of Object.entries(uploads)) {
    it(`uploads the file by ${what}, and runs nothing else`, async function () {
      const driver = driverFor(this);
      terminal = await openBash(this, driver);
      await writeFile(join(terminal.folder, fallbackName), `sent by ${what}`);
      const command = await copyCommand(driver, answers);
      await terminal.paste(command);
      await terminal.enter();
      assert.deepEqual(await terminal.files(), [fallbackName]);
      assert.equal(await connectS3().text('docs', key), `sent by ${what}`);
    });
  }
});
