import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { commands, Uri, workspace } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { configPath, readConfig, settingsOf, withSection } from './support/awsConfig.js';
import { assertNothingCopied, markClipboard } from './support/clipboard.js';
import { askExpiry } from './support/links.js';
import { hideMessages, listMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { setSetting } from './support/settings.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand, type RunningCommand } from './support/window.js';

/** Answers an input box by typing a text, or accepts what it holds. */
async function answerBox(driver: Driver, prompt: string, text = ''): Promise<void> {
  await driver.waitForQuickInput(({ message }) => message.includes(prompt));
  if (text !== '') {
    await driver.type(text);
    await driver.waitForQuickInput(({ value }) => value !== '');
  }
  await driver.accept();
}

/** Undoes the changes of a test. Gives the AWS config file as it was. */
function useLimits(): { readonly original: string } {
  let original = '';
  before(async () => {
    original = await readConfig();
  });
  afterEach(async function () {
    await writeFile(configPath(), original);
    await setSetting('connectTimeoutSeconds', undefined);
    await setSetting('silenceTimeoutSeconds', undefined);
    await connectS3().setFault('none');
    await selectProfile('default');
  });
  return {
    get original() {
      return original;
    },
  };
}

describe('the time limits in the settings', () => {
  const limits = useLimits();

  it('end the wait for a connection', async function () {
    const driver = driverFor(this);
    await setSetting('connectTimeoutSeconds', 1);
    const { holeUrl } = await connectS3().network();
    const hole = { ...settingsOf(limits.original, 'default'), endpoint_url: holeUrl };
    await writeFile(configPath(), withSection(limits.original, 'profile hole', hole));
    await openView();
    await selectProfile('hole');
    await waitForRows(driver, ([first = '']) =>
      first.startsWith('Could not connect to the endpoint within 1 seconds'),
    );
  });

  it('end the wait for an answer', async function () {
    const driver = driverFor(this);
    await setSetting('silenceTimeoutSeconds', 1);
    await connectS3().setFault('bucketsHang');
    await openView();
    await commands.executeCommand(commandIds.refresh);
    await waitForRows(driver, ([first = '']) => first.startsWith('The server sent nothing for 1 seconds'));
  });
});

describe('the time limits in the settings, for a connection that is added', () => {
  useLimits();

  it('end the wait before it is saved', async function () {
    const driver = driverFor(this);
    await setSetting('connectTimeoutSeconds', 1);
    const { holeUrl } = await connectS3().network();
    const running = startCommand(commandIds.addConnection);
    await driver.waitForQuickInput(({ items }) => items.length > 0);
    await driver.type('Other');
    await driver.waitForQuickInput(({ items }) => items[0]?.label === 'Other');
    await driver.press('Enter');
    await answerBox(driver, 'Endpoint:', holeUrl);
    await answerBox(driver, 'Region to sign');
    await answerBox(driver, 'Access key ID', 'AKIAHOLE');
    await answerBox(driver, 'Secret access key', 'secret');
    await answerBox(driver, 'Session token');
    await driver.waitForQuickInput(({ items }) => items.length === 3);
    await driver.press('Enter');
    await answerBox(driver, 'Connection name');
    // Tests do not show the dialog about it.
    const sentence =
      'testing a connection failed: ConnectTimeoutError Could not connect to the endpoint within 1 s';
    await poll(async () => (await driver.logText()).includes(sentence), {
      what: 'the end of the trial',
    });
    await running.ended;
  });
});

describe('a server that hangs', () => {
  it('does not block another profile, and can be listed again later', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await openView();
    await selectProfile('default');
    await s3.setFault('bucketsHang');
    await commands.executeCommand(commandIds.refresh);
    await poll(async () => (await s3.network()).arrived.includes('ListBuckets'), {
      what: 'the request for the buckets',
    });
    await selectProfile('other');
    await waitForRows(driver, (names) => names.join() === 'theirs');
    await s3.setFault('none');
    await selectProfile('default');
    await waitForRows(driver, (names) => names.includes('docs'));
  });
});

describe('a link that waits for the region of its bucket', () => {
  it('shows its progress, and Cancel stops it without a copy', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.setFault('regionsHang');
    await commands.executeCommand(commandIds.refresh);
    await s3.clearRequests();
    await markClipboard();
    const { running } = await askExpiry(
      driver,
      commandIds.copyPresignedGetUrl,
      objectRow('eu-docs', 'a.txt'),
    );
    await driver.press('Enter');
    await listMessages(driver, 'Creating a link');
    await driver.clickNotificationButton('Cancel');
    await poll(() => running.hasEnded(), { what: 'the end of the command', limitMs: 10_000 });
    await poll(
      async () =>
        (await s3.requests()).some(({ operation, status }) => operation === 'HeadBucket' && status === 0),
      { what: 'the end of the request', limitMs: 10_000 },
    );
    await assertNothingCopied();
  });
});

/** Starts to upload a file of the workspace; the upload hangs at the server. */
async function beginUpload(driver: Driver, key: string): Promise<RunningCommand> {
  const s3 = connectS3();
  await s3.setFault('uploadHangs');
  await s3.clearRequests();
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined, 'no folder is open');
  const running = startCommand(commandIds.uploadActiveFile, Uri.joinPath(folder.uri, 'notes.txt'));
  await driver.waitForQuickInput();
  await driver.type(`s3://docs/${key}`);
  await driver.waitForQuickInput(({ items }) => items[0]?.label === `Use s3://docs/${key}`);
  await driver.press('Enter');
  await driver.waitForQuickInput(({ value }) => value === key);
  await driver.press('Enter');
  await poll(async () => (await s3.network()).arrived.includes('PutObject'), {
    what: 'the upload at the server',
  });
  return running;
}

describe('an upload to a server that hangs', () => {
  it('is aborted by Cancel', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const running = await beginUpload(driver, 'hung.txt');
    await listMessages(driver, 'Uploading notes.txt');
    await driver.clickNotificationButton('Cancel');
    await poll(() => running.hasEnded(), { what: 'the end of the command', limitMs: 10_000 });
    await poll(
      async () =>
        (await s3.requests()).some(({ operation, status }) => operation === 'PutObject' && status === 0),
      { what: 'the end of the request', limitMs: 10_000 },
    );
    assert.equal(await s3.text('docs', 'hung.txt'), undefined);
  });

  it('is remembered for the profile that sent it, even if another is selected when it completes', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const key = 'late/hung.txt';
    const running = await beginUpload(driver, key);
    await selectProfile('other');
    await s3.setFault('none');
    await running.ended;
    assert.equal(await s3.text('docs', key), 'notes\n');
    assert.equal((await offeredPlaces(driver)).includes('s3://docs/late/'), false);
    await listMessages(driver, `Uploaded to s3://docs/${key}`);
    await driver.clickNotificationButton('Copy Presigned GET URL...');
    await listMessages(driver, 'Nothing was done, because the selected profile changed');
    await hideMessages();
    await selectProfile('default');
    assert.equal((await offeredPlaces(driver)).includes('s3://docs/late/'), true);
  });
});

/** The offered destinations of the next upload. */
async function offeredPlaces(driver: Driver): Promise<readonly string[]> {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined, 'no folder is open');
  const running = startCommand(commandIds.uploadActiveFile, Uri.joinPath(folder.uri, 'notes.txt'));
  await driver.waitForQuickInput(({ items }) => items.length > 0);
  // Only the drawn rows of a long list can be read; typing narrows it down.
  await driver.type('late');
  const { items } = await driver.waitForQuickInput(({ value }) => value === 'late');
  await driver.press('Escape');
  await running.ended;
  return items.map(({ label }) => label);
}
