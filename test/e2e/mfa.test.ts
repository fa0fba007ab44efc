import assert from 'node:assert/strict';
import { codeAsked, enterCode, rightCode, serial, useMfaWorld, type MfaWorld } from './support/mfa.js';
import { isTypedKey } from './support/prompts.js';

const object = { bucket: 'acme-website', key: 'docs/getting-started.md' };
const firstQuestion = new RegExp(`^Enter the code from ${serial}\\.`);
const nextQuestion = new RegExp(
  `^That code was wrong or already used\\. Enter the next code from ${serial}\\.`,
);

describe('A profile that requires an MFA code', () => {
  const mfa = useMfaWorld();
  testCalledOff(mfa);
  testFlow(mfa);
  testCopy(mfa);
  testView(mfa);
});

function testCalledOff({ world, attempts }: MfaWorld): void {
  it('prompts from the Command Palette, and shows no message when Esc cancels the prompt', async () => {
    const { window } = world;
    await window.markClipboard();
    await window.runCommand('S3: Create Presigned URL...');
    await codeAsked(world, firstQuestion);
    await window.picture('mfa 1 code');
    await window.press('Escape');
    await window.noQuickInput();
    // The next flow begins after the first has ended.
    await window.runCommand('S3: Create Presigned URL...');
    await codeAsked(world, firstQuestion);
    assert.deepEqual(await window.notifications(), []);
    assert.equal(await window.isClipboardUntouched(), true);
    assert.equal(attempts(), 0);
    await window.press('Escape');
    await window.noQuickInput();
  });
}

function testCopy({ world, attempts }: MfaWorld): void {
  it('prompts before the address to copy is chosen', async () => {
    const { window } = world;
    await window.markClipboard();
    await window.runCommand('S3: Copy S3 URI');
    await codeAsked(world, firstQuestion);
    await enterCode(world, rightCode);
    await window.choose(object.bucket);
    await window.quickInput(({ placeholder }) => placeholder.startsWith('Object key in'));
    await window.fill(object.key);
    await window.quickInput(({ items }) => isTypedKey(items, object.key));
    await window.press('Enter');
    assert.equal(await window.copied(), `s3://${object.bucket}/${object.key}`);
    assert.equal(attempts(), 1);
  });
}

function testFlow({ world, attempts }: MfaWorld): void {
  it('prompts first, again after a wrong code, and not again while the role is valid', async () => {
    const { window, server } = world;
    await window.markClipboard();
    await window.runCommand('S3: Create Presigned URL...');
    await codeAsked(world, firstQuestion);
    assert.equal(server.requests.length, 0);
    await enterCode(world, '654321');
    await codeAsked(world, nextQuestion);
    await window.picture('mfa 2 wrong code');
    await enterCode(world, rightCode);
    await window.quickInput(
      ({ title, items }) =>
        title === 'Create Presigned URL (1/4)' && items.some(({ label }) => label === object.bucket),
    );
    await window.choose(object.bucket);
    await window.quickInput(({ title }) => title.endsWith('(2/4)'));
    await window.fill(object.key);
    await window.quickInput(({ items }) => isTypedKey(items, object.key));
    await window.press('Enter');
    await window.quickInput(({ title }) => title.endsWith('(3/4)'));
    await window.press('Enter');
    await window.choose('15 minutes');
    await window.notification(`Copied GET link for s3://${object.bucket}/${object.key}.`);
    const response = await fetch(await window.copied());
    const stored = server.getObject(object.bucket, object.key)?.body.toString();
    assert.equal((await response.text()) === stored, true, 'the link returns the object');
    assert.equal(attempts(), 2);
    await listWithoutCode(world);
    assert.equal(attempts(), 2);
  });
}

/** Lists rows with the session that is open, without a prompt. */
async function listWithoutCode({ window }: MfaWorld['world']): Promise<void> {
  await window.openView();
  await window.expand(`Bucket ${object.bucket}`, 'Folder docs');
  await window.row('Object getting-started.md').waitFor();
  assert.equal(await window.hasQuickInput(), false);
}

function testView(mfa: MfaWorld): void {
  const { world, attempts } = mfa;
  it('prompts when the view opens; after Esc, a row prompts again and then lists', async () => {
    const { window } = world;
    await window.openView();
    await codeAsked(world, firstQuestion);
    await window.picture('mfa 3 view asks');
    await window.press('Escape');
    await window.noQuickInput();
    await window.problem('No MFA code was entered, so nothing is listed.').waitFor();
    await window.picture('mfa 4 view cancelled');
    assert.equal(await window.hasQuickInput(), false);
    assert.deepEqual(await window.notifications(), []);
    assert.equal(attempts(), 0);
    await addBucket(mfa);
    await openAgain(mfa);
  });
}

/** Does not ask a second time to find the region of an added bucket. */
async function addBucket({ world, attempts }: MfaWorld): Promise<void> {
  const { window } = world;
  await window.runCommand('S3: Add Bucket...');
  await window.quickInput(({ title }) => title === 'Add Bucket');
  await window.fill('acme-uploads');
  await window.press('Enter');
  await codeAsked(world, firstQuestion);
  await window.press('Escape');
  await window.markClipboard();
  await window.chooseInMenu('Bucket acme-uploads', 'Copy Path', 'Copy S3 URI');
  assert.equal(await window.copied(), 's3://acme-uploads');
  assert.equal(await window.hasQuickInput(), false);
  assert.equal(attempts(), 0);
}

/** Opening the row about the missing code asks once, and the right code lists. */
async function openAgain({ world, attempts }: MfaWorld): Promise<void> {
  const { window } = world;
  await window.problem('No MFA code was entered').click();
  await codeAsked(world, firstQuestion);
  // As some devices display it.
  await enterCode(world, '123 456');
  await window.row(`Bucket ${object.bucket}`).waitFor();
  await window.expand(`Bucket ${object.bucket}`);
  await window.row('Object index.html').waitFor();
  await window.picture('mfa 5 view lists');
  assert.equal(await window.hasQuickInput(), false);
  assert.deepEqual(await window.notifications(), []);
  assert.equal(attempts(), 1);
}
