import assert from 'node:assert/strict';
import { commands, env, Uri, window, workspace } from 'vscode';
import { commandIds, linkPageScheme } from '../../src/ui/ids.js';
import { fakeSignature, writtenForm, writtenV4 } from '../support/writtenLinks.js';
import { markClipboard } from './support/clipboard.js';
import { shownMessages } from './support/notifications.js';
import { dropTexts, openText } from './support/openText.js';
import { connectS3 } from './support/s3.js';
import { driverFor, startCommand } from './support/window.js';

const token = 'SECRETTOKEN';
const link = writtenV4({
  address: 'https://docs.s3.eu-west-1.amazonaws.com/in/a.txt',
  token,
  more: ['x-id=GetObject'],
});
const other = writtenV4({ address: 'https://other.s3.eu-west-1.amazonaws.com/b' });

/** The text of the page that the command opened; asserts that it holds no secret. */
async function explained(...args: readonly unknown[]): Promise<string> {
  await commands.executeCommand(commandIds.explainPresignedUrl, ...args);
  const document = window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, linkPageScheme, 'no page was opened');
  const text = document.getText();
  for (const secret of [fakeSignature, token, 'FORMTOKEN', 'X-Amz-Signature'])
    assert.equal(text.includes(secret), false, 'the page contains a secret');
  assert.equal(
    document.uri.toString(true).includes(fakeSignature),
    false,
    'the address of the page contains a secret',
  );
  return text;
}

describe('explaining a presigned URL', () => {
  beforeEach(markClipboard);
  afterEach(dropTexts);

  it('reads the clipboard, and sends nothing', async () => {
    const s3 = connectS3();
    await s3.clearRequests();
    await env.clipboard.writeText(link);
    const text = await explained();
    assert.match(text, /^Presigned URL for GET$/m);
    assert.match(text, /^Address +s3:\/\/docs\/in\/a\.txt$/m);
    assert.match(text, /^Expires +.*\(2026-03-01T11:00:00Z\)/m);
    assert.match(text, /^Warnings$/m);
    assert.deepEqual([await s3.requests('home'), await s3.requests('other')], [[], []]);
  });

  it('prefers the selection to the clipboard', async () => {
    await env.clipboard.writeText(link);
    await openText(`curl '${other}'`, { select: `curl '${other}'` });
    assert.match(await explained(), /^Bucket +other$/m);
  });

  it('reads the link at the cursor, in Markdown too', async () => {
    await env.clipboard.writeText(link);
    await openText(`# Links\n\n[one](${other}), [two](${link})`, { language: 'markdown', at: 'other.s3' });
    assert.match(await explained(), /^Bucket +other$/m);
  });

  it('explains an upload form condition by condition', async () => {
    const form = writtenForm([
      { bucket: 'docs' },
      ['starts-with', '$key', 'in/'],
      ['content-length-range', 0, 1024],
    ]);
    await env.clipboard.writeText(JSON.stringify(form));
    const text = await explained();
    assert.match(text, /^- The key must begin with in\/\.$/m);
    assert.match(text, /^- The file must be 0 to 1024 bytes/m);
    assert.equal(text.includes(form.fields.policy), false, 'the policy is shown');
  });
});

describe('the page of a presigned URL', () => {
  beforeEach(markClipboard);
  afterEach(dropTexts);

  it('is read-only', async () => {
    await env.clipboard.writeText(link);
    const before = await explained();
    await commands.executeCommand('type', { text: 'changed' });
    assert.equal(window.activeTextEditor?.document.getText(), before);
    assert.equal(window.activeTextEditor.document.isDirty, false);
  });

  it('asks to explain the link again when its content is gone', async () => {
    const uri = Uri.from({ scheme: linkPageScheme, path: '/7000/Presigned URL' });
    assert.match((await workspace.openTextDocument(uri)).getText(), /Explain the link again/);
  });
});

describe('explaining what is not a link', () => {
  beforeEach(markClipboard);
  afterEach(dropTexts);

  it('says what is wrong with the selection, and reads nothing else', async function () {
    const driver = driverFor(this);
    await env.clipboard.writeText(link);
    const cut = other.replace(/&X-Amz-Signature=.*$/, '');
    await openText(`curl '${cut}'`, { select: cut });
    await commands.executeCommand(commandIds.explainPresignedUrl);
    const [said] = await shownMessages(driver);
    assert.match(said?.message ?? '', /^This presigned URL is incomplete/);
    assert.equal(window.activeTextEditor?.document.uri.scheme, 'untitled');
  });

  it('asks for a link, and shows nothing of the clipboard', async function () {
    const driver = driverFor(this);
    await env.clipboard.writeText('hunter2');
    const running = startCommand(commandIds.explainPresignedUrl);
    const input = await driver.waitForQuickInput();
    assert.equal(JSON.stringify(input).includes('hunter2'), false);
    await driver.type('https://example.com/a');
    await driver.press('Enter');
    await driver.waitForQuickInput(({ message }) => message.includes('is not presigned'));
    await driver.press('Control+A');
    await driver.type(other);
    await driver.press('Enter');
    await running.ended;
    assert.match(window.activeTextEditor?.document.getText() ?? '', /^Bucket +other$/m);
  });

  it('reports that a link is no longer at its position', async function () {
    const driver = driverFor(this);
    const document = await openText('no link here');
    const place = { document: document.uri.toString(), line: 0, character: 3 };
    await commands.executeCommand(commandIds.explainPresignedUrl, place);
    const said = await shownMessages(driver);
    assert.match(said[0]?.message ?? '', /^The link is no longer there/);
  });
});
