import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gradientPng } from '../../servers/sampleData/png.js';
import { run } from '../../support/processes.js';
import { readLink } from '../../support/signedLinks.js';
import { activeLabel, bucket, startUpload, uploadRequest } from '../support/uploads.js';
import type { World } from '../support/world.js';

const png = gradientPng({ width: 32, height: 32 }, [31, 111, 235], [240, 136, 62]);
const utf16 = Buffer.from('\ufeffdear diary\r\nsecond line\r\n', 'utf16le');
const bigBytes = 24 * 1024 * 1024;

export const openFiles = {
  'notes.md': '# Notes\r\n\r\ncaf\u00e9\r\n',
  'diary.txt': utf16,
  'logo.png': png,
  'report.csv': 'a,b\n1,2\n',
  'big.bin': Buffer.alloc(bigBytes, 7),
};

export function describeUpload(world: World): void {
  describe('Uploading from the active editor', () => {
    afterEach(() => {
      world.server.setFault(undefined);
    });
    testPresignUpload(world);
    testCleanFile(world);
    testDirtyFile(world);
    testUntitled(world);
    testImage(world);
    testExisting(world);
    testCreatedMeanwhile(world);
    testRefusedUnseen(world);
    testRefused(world);
    testCancel(world);
  });
}

function testPresignUpload(world: World): void {
  it('copies a PUT link for the open file, curl uploads with it, and then Signpost uploads the file itself', async () => {
    const { window, server } = world;
    await window.openFile('report.csv');
    await window.runCommand('S3: Presign Upload...');
    await window.quickInput(({ items }) => items.some(({ label }) => label === bucket));
    await window.picture('presign upload 1 destination');
    await window.type(`s3://${bucket}/inbox/`);
    await window.quickInput((input) => activeLabel(input).endsWith(`s3://${bucket}/inbox/`));
    await window.press('Enter');
    await window.quickInput(({ value }) => value === 'inbox/report.csv');
    await window.picture('presign upload 2 key');
    await window.press('Enter');
    await window.choose('1 hour');
    const { message, buttons } = await window.notification('Copied PUT link');
    await window.picture('presign upload 3 copied');
    assert.match(message, /^Copied PUT link for s3:\S+\/inbox\/report\.csv\. .* \(in 1 hour\)\.$/);
    assert.deepEqual([...buttons].sort(), ['Copy as cURL', 'Upload report.csv Now']);
    const text = await window.copied();
    assert.equal(readLink(text).region, 'eu-central-1');
    const file = world.path('notes.md');
    assert.equal((await run('curl', ['--fail', '--silent', '--upload-file', file, text])).exitCode, 0);
    assert.deepEqual(server.getObject(bucket, 'inbox/report.csv')?.body, await readFile(file));
    await window.clickNotificationButton('Upload report.csv Now');
    assert.match((await window.dialog()).message, /report\.csv already exists: 18 B, .* Replace it\?$/);
    await window.clickDialogButton('Replace');
    await window.notification(`Uploaded to s3://${bucket}/inbox/report.csv`);
    assert.equal(server.getObject(bucket, 'inbox/report.csv')?.body.toString(), 'a,b\n1,2\n');
  });
}

function testCleanFile(world: World): void {
  it('uploads a saved file with nothing but the link, and selects its row', async () => {
    const { window, server } = world;
    await window.openFile('notes.md');
    await window.openView();
    await window.expand(`Bucket ${bucket}`, 'Folder inbox');
    await window.row(`Bucket ${bucket}`).waitFor();
    await startUpload(world, 'inbox/notes.md');
    await window.notification(`Uploaded to s3://${bucket}/inbox/notes.md (`);
    const row = window.row('Object notes.md');
    await row.waitFor();
    await window.until('the selection', async () => (await row.getAttribute('aria-selected')) === 'true');
    await window.picture('upload 1 row');
    assert.deepEqual(
      server.getObject(bucket, 'inbox/notes.md')?.body,
      await readFile(world.path('notes.md')),
    );
    const { headers, presigned } = uploadRequest(world, 'inbox/notes.md');
    assert.equal(presigned, true);
    assert.equal('authorization' in headers, false);
    assert.equal(headers['content-type'], 'text/markdown');
  });
}

function testDirtyFile(world: World): void {
  it('asks which version of a changed file to send, keeps encoding and line endings, and saves first', async () => {
    const { window, server } = world;
    await window.openFile('diary.txt');
    await window.page.locator('.editor-instance .view-lines').first().click();
    await window.press('Control+Home');
    await window.type('My ');
    await startUpload(world, 'inbox/diary.txt');
    const { message, detail, buttons } = await window.dialog();
    await window.picture('upload 2 dirty');
    assert.equal(message + detail, 'diary.txt has unsaved changes.');
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Save and Upload', 'Upload with Unsaved Changes']);
    await window.press('Escape');
    await window.noDialog();
    assert.equal(server.getObject(bucket, 'inbox/diary.txt'), undefined);
    await startUpload(world, 'inbox/diary.txt');
    await window.dialog();
    await window.clickDialogButton('Upload with Unsaved Changes');
    await window.notification('inbox/diary.txt (');
    const changed = Buffer.from('\ufeffMy dear diary\r\nsecond line\r\n', 'utf16le');
    assert.deepEqual(server.getObject(bucket, 'inbox/diary.txt')?.body, changed);
    assert.deepEqual(await readFile(world.path('diary.txt')), utf16, 'the file was not saved');
    await window.clearNotifications();
    await saveAndUpload(world);
  });
}

/** Saves the changed file and sends it. */
async function saveAndUpload(world: World): Promise<void> {
  const { window, server } = world;
  await startUpload(world, 'inbox/saved.txt');
  await window.dialog();
  await window.clickDialogButton('Save and Upload');
  await window.notification('inbox/saved.txt (');
  const saved = await readFile(world.path('diary.txt'));
  assert.deepEqual(saved, Buffer.from('\ufeffMy dear diary\r\nsecond line\r\n', 'utf16le'));
  assert.deepEqual(server.getObject(bucket, 'inbox/saved.txt')?.body, saved);
}

function testUntitled(world: World): void {
  it('uploads the text of an untitled editor', async () => {
    const { window, server } = world;
    await window.runCommand('New Untitled Text File');
    await window.page.getByRole('tab', { name: /Untitled-1/, selected: true }).waitFor();
    await window.type('never saved');
    await startUpload(world, 'inbox/draft.txt');
    await window.notification('inbox/draft.txt (11 B)');
    await window.picture('upload 3 untitled');
    assert.equal(server.getObject(bucket, 'inbox/draft.txt')?.body.toString(), 'never saved');
    assert.equal(uploadRequest(world, 'inbox/draft.txt').headers['content-type'], 'text/plain');
  });
}

function testImage(world: World): void {
  it('uploads the bytes of an image that is open', async () => {
    const { window, server } = world;
    await window.openFile('logo.png');
    await window.page.frameLocator('iframe.ready:visible').frameLocator('iframe').locator('img').waitFor();
    await startUpload(world, 'inbox/logo.png');
    await window.notification('inbox/logo.png (');
    await window.picture('upload 4 image');
    assert.deepEqual(server.getObject(bucket, 'inbox/logo.png')?.body, png);
    assert.equal(uploadRequest(world, 'inbox/logo.png').headers['content-type'], 'image/png');
  });
}

function testExisting(world: World): void {
  it('shows an existing object, and "Create Only" leaves it unchanged', async () => {
    const { window, server } = world;
    const lastModified = new Date(Date.now() - 500 * 24 * 3_600_000);
    server.putObject(bucket, 'inbox/README.md', 'x'.repeat(48), { lastModified });
    const before = server.getObject(bucket, 'inbox/README.md')?.body;
    await window.openFile('report.csv');
    await startUpload(world, 'inbox/README.md');
    const { message, detail } = await window.dialog();
    await window.picture('upload 5 existing');
    assert.match(
      message,
      /^s3:\/\/acme-uploads\/inbox\/README\.md already exists: 48 B, modified \w+ \d+, \d{4}, [^()]+ \(1 year ago\)\. Replace it\?$/,
    );
    assert.match(detail, /Create Only/);
    server.clearRequests();
    await window.clickDialogButton('Create Only');
    await window.notification('The object already exists. Nothing was changed.');
    await window.picture('upload 6 create only');
    assert.deepEqual(server.getObject(bucket, 'inbox/README.md')?.body, before);
    assert.equal(
      server.requests.some(({ operation }) => operation === 'PutObject'),
      false,
      'a PUT request was sent',
    );
  });

  it('replaces an existing object after confirmation', async () => {
    const { window, server } = world;
    server.putObject(bucket, 'inbox/old.csv', 'old');
    await window.openFile('report.csv');
    await startUpload(world, 'inbox/old.csv');
    await window.dialog();
    await window.clickDialogButton('Replace');
    await window.notification('Uploaded to');
    assert.equal(server.getObject(bucket, 'inbox/old.csv')?.body.toString(), 'a,b\n1,2\n');
  });
}

function testCreatedMeanwhile(world: World): void {
  /** Has a colleague store the object after Signpost has checked and before its upload arrives. */
  const createMeanwhile = (key: string): void => {
    const { server } = world;
    let isStored = false;
    server.setFault((request) => {
      if (request.operation === 'PutObject' && request.key === key && !isStored) {
        isStored = true;
        server.putObject(bucket, key, 'theirs');
      }
      return undefined;
    });
  };

  it('asks before it replaces an object that was created after the check', async () => {
    const { window, server } = world;
    const key = 'inbox/kept.csv';
    await window.openFile('report.csv');
    createMeanwhile(key);
    await startUpload(world, key);
    const { message, buttons } = await window.dialog();
    await window.picture('upload 6 created meanwhile');
    assert.match(message, /inbox\/kept\.csv already exists: 6 B, .* Replace it\?$/);
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Create Only', 'Replace']);
    await window.press('Escape');
    await window.noDialog();
    server.setFault(undefined);
    assert.equal(server.getObject(bucket, key)?.body.toString(), 'theirs');
  });

  it('replaces such an object after confirmation', async () => {
    const { window, server } = world;
    const key = 'inbox/replaced.csv';
    await window.openFile('report.csv');
    createMeanwhile(key);
    await startUpload(world, key);
    await window.dialog();
    assert.equal(server.getObject(bucket, key)?.body.toString(), 'theirs');
    await window.clickDialogButton('Replace');
    await window.notification(`Uploaded to s3://${bucket}/${key}`);
    server.setFault(undefined);
    assert.equal(server.getObject(bucket, key)?.body.toString(), 'a,b\n1,2\n');
  });
}

function testRefusedUnseen(world: World): void {
  it('asks when S3 refuses to create an object it does not show, and uploads after confirmation', async () => {
    const { window, server } = world;
    const key = 'inbox/unseen.csv';
    await window.openFile('report.csv');
    server.setFault(({ operation }) =>
      operation === 'PutObject' ? { kind: 'status', status: 412, code: 'PreconditionFailed' } : undefined,
    );
    await startUpload(world, key);
    const { message, buttons } = await window.dialog();
    assert.match(message, /^\S+ already exists, although S3 did not find it before the upload\.$/);
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Create Only', 'Upload']);
    server.setFault(undefined);
    await window.clickDialogButton('Upload');
    await window.notification(`Uploaded to s3://${bucket}/${key}`);
    assert.equal(server.getObject(bucket, key)?.body.toString(), 'a,b\n1,2\n');
  });
}

function testRefused(world: World): void {
  it('says in one sentence why S3 refused an upload', async () => {
    const { window, server } = world;
    await window.openFile('report.csv');
    server.setFault(({ operation }) =>
      operation === 'PutObject' ? { kind: 'status', status: 403, code: 'AccessDenied' } : undefined,
    );
    await startUpload(world, 'inbox/refused.csv');
    await window.notification(/^S3 denied the upload: [^.]*\. Nothing was uploaded\.$/);
    await window.picture('upload 7 refused');
    server.setFault(undefined);
    assert.equal(server.getObject(bucket, 'inbox/refused.csv'), undefined);
  });
}

function testCancel(world: World): void {
  it('stops a big upload on Cancel, leaving no object and no message', async () => {
    const { window, server } = world;
    server.setFault(({ operation }) =>
      operation === 'PutObject' ? { kind: 'slowBody', bytesPerSecond: 2_000_000 } : undefined,
    );
    await window.openFile('big.bin');
    await startUpload(world, 'inbox/big.bin');
    await window.notification(/^Uploading big\.bin: .* of 24 MB$/);
    await window.picture('upload 8 progress');
    await window.clickNotificationButton('Cancel');
    const { status, bodyBytes } = await server.waitForRequest(
      ({ operation, path }) => operation === 'PutObject' && path.includes('big.bin'),
    );
    assert.equal(status, 0, 'the request was aborted');
    assert.equal(bodyBytes < bigBytes, true);
    await window.noNotification();
    await window.picture('upload 9 cancelled');
    server.setFault(undefined);
    assert.equal(server.getObject(bucket, 'inbox/big.bin'), undefined);
  });
}
