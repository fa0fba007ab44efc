import assert from 'node:assert/strict';
import { bucket, startUpload, uploadRequest } from '../support/uploads.js';
import type { World } from '../support/world.js';

/** One fewer than the default. */
export const attempts = 2;

/** The profile that may not read object metadata. */
export const blindProfile = 'blind';

export function describeUploadRetry(world: World): void {
  describe('Uploads that fail at first', () => {
    beforeEach(() => world.window.openFile('notes.txt'));
    testRetry(world);
    describe('with another profile', () => {
      afterEach(() => selectProfile(world, 'default'));
      testOtherProfile(world);
      testBlind(world);
    });
  });
}

async function selectProfile({ window }: World, name: string): Promise<void> {
  await window.runCommand('S3: Select AWS Profile...');
  await window.choose(name);
  await window.noQuickInput();
  await window.openView();
  await window.page.getByRole('heading', { name: `S3: Buckets (${name})` }).waitFor();
}

/** Uploads while the server fails. */
async function failUpload(world: World, key: string): Promise<void> {
  const { window, server } = world;
  server.setFault(({ operation }) =>
    operation === 'PutObject' ? { kind: 'status', status: 500, code: 'InternalError' } : undefined,
  );
  await startUpload(world, key);
  await window.notification('S3 is busy or temporarily unavailable. Nothing was uploaded. Try again.');
  server.setFault(undefined);
  assert.equal(server.getObject(bucket, key), undefined);
}

function testRetry(world: World): void {
  it('are retried without asking for bucket and key again', async () => {
    const { window, server } = world;
    server.clearRequests();
    await failUpload(world, 'retry/notes.txt');
    const sent = server.requests.filter(({ operation }) => operation === 'PutObject');
    assert.equal(sent.length, attempts, 'as often as the profile specifies');
    await window.picture('retry 1 failed');
    await window.clickNotificationButton('Retry');
    await window.notification(`Uploaded to s3://${bucket}/retry/notes.txt`);
    assert.equal(await window.hasQuickInput(), false);
    assert.equal(server.getObject(bucket, 'retry/notes.txt')?.body.toString(), 'notes\n');
  });
}

function testOtherProfile(world: World): void {
  it('are not retried after another profile was selected', async () => {
    const { window, server } = world;
    await failUpload(world, 'retry/other.txt');
    await selectProfile(world, blindProfile);
    server.clearRequests();
    await window.clickNotificationButton('Retry');
    const { buttons } = await window.notification('Nothing was done, because the selected profile changed.');
    assert.deepEqual(buttons, ['Select AWS Profile...']);
    await window.picture('retry 2 other profile');
    assert.equal(server.getObject(bucket, 'retry/other.txt'), undefined);
    assert.equal(
      server.requests.some(({ operation }) => operation === 'HeadObject' || operation === 'PutObject'),
      false,
    );
  });
}

function testBlind(world: World): void {
  it('only create when the profile cannot check and an object exists', async () => {
    const { window, server } = world;
    const before = server.getObject(bucket, 'inbox/README.md')?.body;
    await selectProfile(world, blindProfile);
    await startUpload(world, 'inbox/README.md');
    await window.dialog();
    await window.clickDialogButton('Create Only');
    await window.notification('The object already exists. Nothing was changed.');
    assert.equal(uploadRequest(world, 'inbox/README.md').status, 412);
    assert.deepEqual(server.getObject(bucket, 'inbox/README.md')?.body, before);
  });

  it('are sent after confirmation when the profile cannot check for an object', async () => {
    const { window, server } = world;
    server.putObject(bucket, 'inbox/unseen.md', 'there before');
    await selectProfile(world, blindProfile);
    await startUpload(world, 'inbox/unseen.md');
    const { message, buttons } = await window.dialog();
    await window.picture('retry 3 may exist');
    assert.equal(
      message,
      `s3://${bucket}/inbox/unseen.md may already exist: you do not have permission to check.`,
    );
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Create Only', 'Upload']);
    await window.clickDialogButton('Upload');
    await window.notification(`Uploaded to s3://${bucket}/inbox/unseen.md`);
    assert.equal(server.getObject(bucket, 'inbox/unseen.md')?.body.toString(), 'notes\n');
  });
}
