import assert from 'node:assert/strict';
import {
  commands,
  Disposable,
  FileSystemError,
  FileType,
  window,
  workspace,
  type FileSystemProvider,
  type Uri,
} from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import { openUntitledText } from '../../src/ui/transfer/openUntitledText.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { assertNothingCopied, copied, markClipboard } from './support/clipboard.js';
import { copiedLink, copyLink, hasExpiries } from './support/links.js';
import { assertNoMessage, clearMessages, listMessages } from './support/notifications.js';
import { dropTexts } from './support/openText.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { answerBucket, answerPlace, startUpload, workspaceFile } from './support/uploads.js';
import { selectProfile } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const { copyPresignedGetUrl, presignUpload, uploadActiveFile } = commandIds;

/** The bytes of an object, which the controlled server gives only as text. */
async function bytesOf(driver: Driver, key: string): Promise<Buffer> {
  const link = await copyLink(driver, copyPresignedGetUrl, objectRow('docs', key));
  return Buffer.from(await (await fetch(link)).arrayBuffer());
}

/** Uploads the open file in a case without prompts. */
async function upload(driver: Driver, key: string): Promise<void> {
  await (
    await startUpload(driver, key)
  ).ended;
}

// Prompts about unsaved changes and existing objects are dialogs, which integration tests do not show.

describe('uploading a document', () => {
  const text = 'dear diary\r\nsecond line\r\n';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  afterEach(dropTexts);

  it('sends the bytes of its file', async function () {
    const driver = driverFor(this);
    const file = workspaceFile('diary.txt');
    await workspace.fs.writeFile(file, utf16);
    await window.showTextDocument(file);
    await upload(driver, 'upload/diary.txt');
    assert.deepEqual(await bytesOf(driver, 'upload/diary.txt'), utf16);
  });

  it('that was never saved sends its text in its encoding and with its line endings', async function () {
    const driver = driverFor(this);
    await window.showTextDocument(await openUntitledText({ content: text, encoding: 'utf16le' }));
    await upload(driver, 'upload/draft.txt');
    assert.deepEqual(await bytesOf(driver, 'upload/draft.txt'), utf16);
  });

  it('that an extension provides sends its text', async function () {
    const driver = driverFor(this);
    const provider = workspace.registerTextDocumentContentProvider('signpost-given', {
      provideTextDocumentContent: () => 'given by an extension',
    });
    await window.showTextDocument(workspaceFile('given.txt').with({ scheme: 'signpost-given' }));
    await upload(driver, 'upload/given.txt');
    assert.equal(await connectS3().text('docs', 'upload/given.txt'), 'given by an extension');
    provider.dispose();
  });
});

/** A file system with a single file of a given size, which is not on the disk. */
function fileElsewhere(sizeBytes: number): Uri {
  const stat = { type: FileType.File, ctime: 0, mtime: 0, size: sizeBytes };
  const none = new Disposable(() => undefined);
  const refuse = () => {
    throw FileSystemError.NoPermissions();
  };
  const scheme = `signpost-file-${sizeBytes}`;
  const provider: FileSystemProvider = {
    onDidChangeFile: () => none,
    watch: () => none,
    stat: () => stat,
    readFile: () => Buffer.from('elsewhere'),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  opened.push(workspace.registerFileSystemProvider(scheme, provider, { isReadonly: true }));
  return workspaceFile('elsewhere.txt').with({ scheme });
}

const opened: Disposable[] = [];

describe('uploading a file that is not on the disk', () => {
  afterEach(() => {
    for (const provider of opened.splice(0)) provider.dispose();
  });

  it('sends its bytes', async function () {
    const driver = driverFor(this);
    const running = await startUpload(driver, 'upload/elsewhere.txt', { file: fileElsewhere(9) });
    await running.ended;
    assert.equal(await connectS3().text('docs', 'upload/elsewhere.txt'), 'elsewhere');
  });

  it('is refused before any prompt if it does not fit into memory', async function () {
    const driver = driverFor(this);
    await startCommand(uploadActiveFile, fileElsewhere(200 * 1024 ** 2 + 1)).ended;
    await listMessages(driver, 'This file is not on disk and is larger than 200 MB');
  });
});

describe('uploading with nothing open', () => {
  it('asks for a file, even with the cursor in the output panel', async function () {
    const driver = driverFor(this);
    await commands.executeCommand('workbench.action.closeAllEditors');
    const output = window.createOutputChannel('Someone');
    output.append('what is said here');
    output.show();
    await poll(() => window.activeTextEditor?.document.uri.scheme === 'output', {
      what: 'the cursor in the output',
    });
    const running = startCommand(uploadActiveFile);
    await driver.waitForQuickInput(({ title }) => title === 'Upload File');
    await driver.press('Escape');
    await running.ended;
    await assertNoMessage(driver);
    output.dispose();
    await commands.executeCommand('workbench.action.closePanel');
  });
});

describe('Presign Upload', () => {
  it('neither signs nor uploads with a profile that was selected after the link was copied', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await markClipboard();
    const running = startCommand(presignUpload, workspaceFile('notes.txt'));
    await answerPlace(driver, 'upload/mine.txt');
    await driver.waitForQuickInput(hasExpiries);
    await driver.press('Enter');
    await running.ended;
    const link = await copiedLink();
    await selectProfile('other');
    await listMessages(driver, 'Copied PUT link for s3://docs/upload/mine.txt.');
    await driver.clickNotificationButton('Upload notes.txt Now');
    const { buttons } = await listMessages(driver, 'Nothing was done, because the selected profile changed');
    assert.deepEqual(buttons, ['Select AWS Profile...']);
    assert.equal((await copied()) === link.href, true, 'something else was copied');
    assert.equal(await s3.text('docs', 'upload/mine.txt'), undefined);
  });

  for (const question of ['key', 'expiry'] as const) {
    it(`copies nothing after Esc at the ${question}`, async function () {
      const driver = driverFor(this);
      await markClipboard();
      await clearMessages(driver);
      const running = startCommand(presignUpload, workspaceFile('notes.txt'));
      if (question === 'expiry') await answerPlace(driver, 'upload/left.txt');
      else await answerBucket(driver, 'upload/left.txt');
      await driver.waitForQuickInput(
        question === 'expiry' ? hasExpiries : ({ value }) => value === 'upload/left.txt',
      );
      await driver.press('Escape');
      await running.ended;
      await assertNothingCopied();
      await assertNoMessage(driver);
    });
  }
});
