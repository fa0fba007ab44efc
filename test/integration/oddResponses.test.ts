import assert from 'node:assert/strict';
import { env, workspace } from 'vscode';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import type { FaultName } from '../host/s3/protocol.js';
import { poll } from '../support/poll.js';
import { copyLink } from './support/links.js';
import { clearMessages, listMessages } from './support/notifications.js';
import { openDocs } from './support/openRows.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { startUpload, workspaceFile } from './support/uploads.js';
import { openView, waitForRows } from './support/view.js';
import { driverFor, startCommand, type RunningCommand } from './support/window.js';

describe('an upload answered by a sign-in page', () => {
  it('is not reported as done and adds no row until it is stored', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const name = `answered-${Date.now()}.bin`;
    // Large enough that Signpost sends Expect and waits for the server to agree.
    await workspace.fs.writeFile(workspaceFile(name), Buffer.alloc(2 * 1024 * 1024, 1));
    await openDocs(driver);
    await s3.setFault('uploadGetsPage');
    const running = await startUpload(driver, name, { file: workspaceFile(name) });
    await running.ended;
    const { message, buttons } = await listMessages(driver, 'A web page answered instead of S3');
    assert.match(message, /so the file was not uploaded\./);
    assert.deepEqual(buttons, ['Retry']);
    assert.equal(await s3.text('docs', name), undefined);
    await openView();
    await waitForRows(driver, (names) => names.includes('hello.txt') && !names.includes(name));
    await s3.setFault('none');
    await driver.clickNotificationButton('Retry');
    await waitForRows(driver, (names) => names.includes(name));
    await workspace.fs.delete(workspaceFile(name));
  });
});

/** The requests of an upload that succeeds at a server with a fault. */
async function requestsOfUpload(driver: Driver, { name, fault }: { name: string; fault: FaultName }) {
  const s3 = connectS3();
  const key = `upload/${name}-${Date.now()}.txt`;
  await s3.setFault(fault);
  await s3.clearRequests();
  await clearMessages(driver);
  const running = await startUpload(driver, key, { file: workspaceFile('notes.txt') });
  await running.ended;
  assert.match((await listMessages(driver, 'Uploaded to')).message, /^Uploaded to \S+ \(6 B\)\.$/);
  assert.equal(await s3.text('docs', key), 'notes\n');
  return (await s3.requests()).filter(({ path }) => path.includes(`upload/${name}-`));
}

describe('an upload to a store without conditional writes', () => {
  it('checks once more and sends without the condition, with no message about it', async function () {
    const seen = await requestsOfUpload(driverFor(this), {
      name: 'unconditional',
      fault: 'conditionsUnknown',
    });
    assert.deepEqual(
      seen.map(({ operation, status }) => [operation, status]),
      [
        ['HeadObject', 404],
        ['PutObject', 501],
        ['HeadObject', 404],
        ['PutObject', 200],
      ],
    );
  });
});

describe('an upload with an inconclusive answer', () => {
  it('reports that the server did not confirm the content', async function () {
    const driver = driverFor(this);
    const key = `upload/opaque-${Date.now()}.txt`;
    await connectS3().setFault('etagsOpaque');
    await clearMessages(driver);
    const running = await startUpload(driver, key, { file: workspaceFile('notes.txt') });
    await running.ended;
    const { message } = await listMessages(driver, 'Uploaded to');
    assert.match(message, /^Uploaded to \S+ \(6 B\)\. The server did not confirm the content\.$/);
  });

  it('succeeds if the answer was lost but its own object exists', async function () {
    const seen = await requestsOfUpload(driverFor(this), { name: 'lost', fault: 'uploadAnswersLost' });
    assert.deepEqual([seen[0]?.operation, seen.at(-1)?.operation], ['HeadObject', 'HeadObject']);
    assert.ok(seen.some(({ operation }) => operation === 'PutObject'));
  });
});

const hello = objectRow('docs', 'hello.txt');

/** Starts to test the link on the clipboard. */
async function beginTest(driver: Driver): Promise<RunningCommand> {
  const { href } = await copyLink(driver, commandIds.copyPresignedGetUrl, hello);
  await clearMessages(driver);
  await env.clipboard.writeText(href);
  return startCommand(commandIds.testLink);
}

describe('a server that switches to another protocol', () => {
  it('makes the test of a link fail with a message', async function () {
    const driver = driverFor(this);
    await connectS3().setFault('linksSwitch');
    const running = await beginTest(driver);
    await listMessages(driver, 'The server switched to another protocol (101)');
    await running.ended;
  });

  it('makes an upload fail with a message', async function () {
    const driver = driverFor(this);
    await connectS3().setFault('linksSwitch');
    const file = workspaceFile('notes.txt');
    const running = await startUpload(driver, `upload/switched-${Date.now()}.txt`, { file });
    await listMessages(driver, 'The server switched to another protocol (101)');
    await running.ended;
  });
});

describe('a server that sends endless informational answers', () => {
  it('is abandoned at once when the test of a link is cancelled', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await s3.setFault('linksInform');
    await s3.clearRequests();
    const running = await beginTest(driver);
    await listMessages(driver, 'Testing the link to');
    await poll(async () => (await s3.network()).arrived.includes('GetObject'), { what: 'the request' });
    await driver.clickNotificationButton('Cancel');
    await poll(() => running.hasEnded(), { what: 'the end of the command', limitMs: 10_000 });
    await poll(
      async () =>
        (await s3.requests()).some(({ operation, status }) => operation === 'GetObject' && status === 0),
      { what: 'the end of the request', limitMs: 10_000 },
    );
    await clearMessages(driver);
  });
});
