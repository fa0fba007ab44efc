import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { commands, window, type TextEditor } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { openUntitledText } from '../../src/ui/transfer/openUntitledText.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { sampleOddKeys } from '../support/oddKeys.js';
import { runInBash } from '../support/processes.js';
import { assertNothingCopied, copied, markClipboard } from './support/clipboard.js';
import { findLeaks } from './support/leaks.js';
import { copyLink, hasExpiries, linkIn } from './support/links.js';
import { assertNoMessage, listMessages, shownMessages } from './support/notifications.js';
import { closeEditors } from './support/outcome.js';
import { choose, format, kind, type Answer } from './support/questions.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { openView, selectProfile } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const { copyLinkAs, copyLinkCode, insertLinkAtCursor, copyPresignedGetUrl } = commandIds;
const hello = objectRow('docs', 'hello.txt');

const language = (label: string): Answer => ['Choose a language', label];

/** Runs a command on a row and answers its prompts. */
async function answer(
  driver: Driver,
  { id, row = hello, answers }: { id: string; row?: typeof hello; answers: readonly Answer[] },
): Promise<void> {
  await markClipboard();
  const running = startCommand(id, row);
  for (const given of answers) await choose(driver, given);
  await driver.waitForQuickInput(hasExpiries);
  await driver.press('Enter');
  await running.ended;
}

async function copiedText(): Promise<string> {
  return poll(async () => (await copied()) ?? false, { what: 'something on the clipboard' });
}

async function openDocument(language: string, content = ''): Promise<TextEditor> {
  return window.showTextDocument(await openUntitledText({ language, content }));
}

describe('copying a link in another format', () => {
  it('asks for kind, format and expiry, and copies a command that works', async function () {
    const driver = driverFor(this);
    await answer(driver, {
      id: copyLinkAs,
      answers: [kind('Upload (PUT)'), format('cURL for bash, hidden from other users')],
    });
    const command = await copiedText();
    linkIn(command);
    assert.equal(/^url = /m.test(command), true, 'it is written in another form');
    const [message] = await shownMessages(driver);
    assert.match(
      message?.message ?? '',
      /^Copied PUT link \(cURL for bash, hidden from other users\) for s3:\/\/docs\/hello\.txt\. Expires at /,
    );
  });

  it('copies a Markdown link that reaches the object', async function () {
    const driver = driverFor(this);
    await answer(driver, { id: copyLinkAs, answers: [kind('Download (GET)'), format('Markdown link')] });
    const text = await copiedText();
    const html = await commands.executeCommand<string>('markdown.api.render', text);
    const link = linkIn(html.replaceAll('&amp;', '&'));
    assert.equal((await fetch(link)).status, 200);
    assert.match(html, />hello\.txt<\/a>/);
  });

  it('says why a format does not support a link, copies nothing, and offers other formats', async function () {
    const driver = driverFor(this);
    const row = objectRow('odd', 'a/../b');
    await answer(driver, { id: copyLinkAs, row, answers: [kind('Download (GET)'), format('wget')] });
    await listMessages(driver, 'The key has "." or ".." between slashes. wget would remove them');
    await assertNothingCopied();
    await driver.clickNotificationButton('Retry');
    await choose(driver, format('cURL for bash'));
    const command = await copiedText();
    linkIn(command);
    assert.equal(command.startsWith('curl --fail --path-as-is '), true, 'it is another command');
    const { message } = await listMessages(driver, 'Copied GET link (cURL for bash) for s3://odd/a/../b.');
    assert.match(message, /Most programs change the path of this key/);
  });
});

describe('a copied link', () => {
  it('has no warning about its path when the dots are in the prefix of a listing', async function () {
    const driver = driverFor(this);
    const row = objectRow('odd', 'a/../b');
    await answer(driver, { id: copyLinkAs, row, answers: [kind('List a prefix (GET)'), format('URL')] });
    linkIn(await copiedText());
    const { message } = await listMessages(driver, 'Copied GET link for s3://odd/a/../b.');
    assert.doesNotMatch(message, /change the path/);
  });

  it('is one click away from its other formats', async function () {
    const driver = driverFor(this);
    const link = await copyLink(driver, copyPresignedGetUrl, hello);
    await listMessages(driver, 'GET link for');
    await markClipboard();
    await driver.clickNotificationButton('Copy As...');
    await choose(driver, format('wget'));
    const command = await copiedText();
    assert.equal(
      command.startsWith('wget ') && command.includes(link.href),
      true,
      'it is about another link',
    );
  });
});

describe('inserting a link at the cursor', () => {
  afterEach(closeEditors);

  const languages: readonly (readonly [language: string, written: RegExp])[] = [
    ['markdown', /^# \[hello\.txt\]\(http[^\s()]+\)!$/],
    ['html', /^# <a href="http[^"]+">hello\.txt<\/a>!$/],
    ['shellscript', /^# curl --fail --output 'hello\.txt' 'http[^']+'!$/],
    ['powershell', /^# Invoke-WebRequest -UseBasicParsing -OutFile '\.\/hello\.txt' -Uri 'http[^']+'!$/],
    ['python', /^# import requests\n\nurl = "http[^"]+"\n[^]+!$/],
    ['javascript', /^# import [^]+ await fetch\('http[^']+'\);[^]+!$/],
    ['typescript', /^# import [^]+ await fetch\('http[^']+'\);[^]+!$/],
    ['json', /^# \{\n {2}"method": "GET",\n {2}"url": "http[^"]+",[^]+\}!$/],
    ['plaintext', /^# http\S+!$/],
  ];
  for (const [languageId, written] of languages) {
    it(`writes it for ${languageId}, replacing the selection`, async function () {
      const driver = driverFor(this);
      const editor = await openDocument(languageId, '# here!');
      await commands.executeCommand('cursorMove', { to: 'right', by: 'character', value: 2 });
      await commands.executeCommand('cursorMove', { to: 'right', by: 'character', value: 4, select: true });
      await answer(driver, { id: insertLinkAtCursor, answers: [kind('Download (GET)')] });
      const text = editor.document.getText();
      const link = linkIn(text.replaceAll('&#38;', '&'));
      assert.equal(written.test(text), true, 'it is written in another form');
      assert.equal((await fetch(link)).status, 200);
      await assertNothingCopied();
    });
  }

  it('writes a command that works', async function () {
    const driver = driverFor(this);
    const key = sampleOddKeys.percent;
    const editor = await openDocument('shellscript');
    await answer(driver, {
      id: insertLinkAtCursor,
      row: objectRow('odd', key),
      answers: [kind('View size and type (HEAD)')],
    });
    const text = editor.document.getText();
    linkIn(text);
    const { exitCode, stdout } = await runInBash(text, tmpdir());
    assert.equal(exitCode, 0);
    assert.match(stdout, /^HTTP\/1\.1 200/);
  });
});

describe('a link inserted at the cursor', () => {
  afterEach(closeEditors);

  it('shows a message only if it may expire early', async function () {
    const driver = driverFor(this);
    await openDocument('plaintext');
    await answer(driver, { id: insertLinkAtCursor, answers: [kind('Download (GET)')] });
    await assertNoMessage(driver);
    await openView();
    await selectProfile('token');
    await openDocument('plaintext');
    await answer(driver, { id: insertLinkAtCursor, answers: [kind('Download (GET)')] });
    const [said, ...others] = await shownMessages(driver);
    await selectProfile('default');
    assert.match(
      said?.message ?? '',
      /^Inserted GET link for s3:\/\/docs\/hello\.txt\. Expires at .*, unless its temporary credentials expire sooner\.$/,
    );
    assert.deepEqual([others, findLeaks(JSON.stringify(said))], [[], []]);
  });

  it('says what to do when no editor is open', async function () {
    const driver = driverFor(this);
    await closeEditors();
    await commands.executeCommand(insertLinkAtCursor, hello);
    await listMessages(driver, 'No text editor is open. Open one to insert a link.');
  });
});

describe('a key that would act on a terminal', () => {
  const row = objectRow('odd', 'report\u0003\ntouch PWNED\n.pdf');

  it('is escaped in the command that generates a link', async function () {
    const driver = driverFor(this);
    await answer(driver, {
      id: copyLinkCode,
      row,
      answers: [kind('Download (GET)'), language('AWS CLI')],
    });
    const command = (await copiedText()).replace(/\n$/, '');
    assert.equal(/\p{Cc}/u.test(command), false, 'control characters');
    assert.ok(command.includes(String.raw`"$(printf 's3://odd/report\003\012touch PWNED\012.pdf')"`));
  });

  it('is escaped in the command that uses a link', async function () {
    const driver = driverFor(this);
    await answer(driver, { id: copyLinkAs, row, answers: [kind('Download (GET)'), format('cURL for bash')] });
    const command = await copiedText();
    linkIn(command);
    assert.equal(/\p{Cc}/u.test(command), false, 'control characters');
  });
});

describe('copying the code for a link', () => {
  it('asks for kind, language and expiry, signs nothing, and names the profile instead of keys', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.clearRequests();
    await answer(driver, { id: copyLinkCode, answers: [kind('Upload (PUT)'), language('Python')] });
    const code = await copiedText();
    assert.match(code, /^import boto3$/m);
    assert.match(code, /"put_object"/);
    assert.match(code, /boto3\.Session\(profile_name="[^"]+"\)/);
    assert.equal(/AKIA|X-Amz-Signature/.test(code), false, 'it contains a key or a signature');
    assert.equal(
      (await s3.requests()).some(({ operation }) => operation === 'PutObject'),
      false,
    );
    await listMessages(
      driver,
      'Copied Python code that creates links for s3://docs/hello.txt. It contains no credentials.',
    );
  });
});
