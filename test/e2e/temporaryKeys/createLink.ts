import assert from 'node:assert/strict';
import { readLink } from '../../support/signedLinks.js';
import { isTypedKey, pickExpiry } from '../support/prompts.js';
import type { World } from '../support/world.js';

const object = { bucket: 'acme-website', key: 'docs/getting-started.md' };

/** What is typed, the box's reply, and the link's validity; undefined if Enter must do nothing. */
const expiries: readonly (readonly [text: string, says: RegExp, seconds: number | undefined])[] = [
  ['0', /at least one second/, undefined],
  ['8d', /at most 7 days/, undefined],
  ['soon', /Enter a duration such as 90m/, undefined],
  ['45', /^A number alone means minutes\. The link is valid for 45 minutes, until /, 2700],
  ['90m', /^The link is valid for 1 hour 30 minutes, until /, 5400],
];

/** What a row answers: the first question left, what its box holds, and the questions before it. */
const rows = [
  { row: 'Object getting-started.md', step: 3, value: '', before: [object.key, ''] },
  { row: 'Folder docs', step: 2, value: 'docs/', before: [''] },
  { row: 'Bucket acme-website', step: 2, value: '', before: [''] },
] as const;

const steps = {
  bucket: reachBucket,
  key: reachKey,
  kind: reachKind,
  expiry: reachExpiry,
  custom: reachCustom,
};

export function describeCreateLink(world: World): void {
  describe('Creating a link step by step, with the keyboard alone', () => {
    testWholeFlow(world);
    testExpiries(world);
    testWayBack(world);
    testEscape(world);
    testRows(world);
    testFailure(world);
  });
}

async function reachBucket({ window }: World): Promise<void> {
  await window.runCommand('Create Presigned URL...');
  await window.quickInput(
    ({ title, items }) =>
      title.startsWith('Create Presigned URL') && items.some(({ label }) => label === object.bucket),
  );
}

async function reachKey(world: World): Promise<void> {
  const { window } = world;
  await reachBucket(world);
  await window.type(object.bucket);
  await window.quickInput(({ items }) => items.length === 1);
  await window.press('Enter');
  await window.quickInput(({ placeholder }) => placeholder === `Object key in ${object.bucket}`);
}

async function reachKind(world: World): Promise<void> {
  await reachKey(world);
  await world.window.type(object.key);
  await world.window.quickInput(({ items }) => isTypedKey(items, object.key));
  await world.window.press('Enter');
  await world.window.quickInput(({ items }) => items[0]?.label === 'Download (GET)');
}

async function reachExpiry(world: World): Promise<void> {
  await reachKind(world);
  await world.window.press('Enter');
  await world.window.quickInput(({ items }) => items.some(({ label }) => label === 'Custom...'));
}

async function reachCustom(world: World): Promise<void> {
  await reachExpiry(world);
  await world.window.type('Custom');
  await world.window.quickInput(({ items }) => items.length === 1);
  await world.window.press('Enter');
  await world.window.quickInput(({ message }) => message.startsWith('How long the link is valid'));
}

function testWholeFlow(world: World): void {
  it('asks for bucket, key, kind and expiry, and completes the key from the server', async () => {
    const { window, server } = world;
    await reachKey(world);
    await window.type('do');
    await window.quickInput(({ items }) => isTypedKey(items, 'do') && items[1]?.label === 'docs/');
    await window.picture('create 1 completion');
    await window.press('ArrowDown', 'Enter');
    const inFolder = await window.quickInput(
      ({ value, items }) => value === 'docs/' && items.some(({ label }) => label === object.key),
    );
    const offered = inFolder.items.slice(1).map(({ label }) => label);
    const rest = ['docs/changelog/', 'docs/getting-started.md', 'docs/safety.md'];
    assert.deepEqual(offered.sort(), ['All keys in docs/', ...rest]);
    await window.type('get');
    await window.quickInput(({ items }) => isTypedKey(items, 'docs/get') && items.length === 2);
    await window.press('ArrowDown', 'Enter');
    const kinds = await window.quickInput(({ items }) => items[0]?.label === 'Download (GET)');
    assert.equal(
      kinds.items.some(({ label }) => label === 'Upload (PUT)'),
      true,
    );
    await window.picture('create 2 kind');
    await window.press('Enter');
    await pickExpiry(window, '1 hour');
    await window.notification(`Copied GET link for s3://${object.bucket}/${object.key}.`);
    await window.picture('create 3 copied');
    const text = await window.copied();
    const link = readLink(text);
    assert.equal(link.path, `/${object.bucket}/${object.key}`);
    assert.equal(link.parameters.includes('X-Amz-Security-Token'), true);
    const body = Buffer.from(await (await fetch(text)).arrayBuffer());
    assert.equal(server.getObject(object.bucket, object.key)?.body.equals(body), true);
  });
}

function testExpiries(world: World): void {
  it('accepts a custom expiry, shows how it is read, and refuses what S3 cannot sign', async () => {
    const { window } = world;
    await reachCustom(world);
    for (const [text, says, seconds] of expiries) {
      await window.fill(text);
      await window.quickInput(({ message }) => says.test(message));
      await window.picture(`create 4 custom ${text}`);
      if (seconds !== undefined) continue;
      await window.press('Enter');
      assert.equal((await window.quickInput()).value, text, 'Enter does nothing');
      assert.equal(await window.isClipboardUntouched(), true);
    }
    await window.press('Enter');
    await window.notification('(in 1 hour 30 minutes)');
    assert.equal(readLink(await window.copied()).expiresSeconds, 5400);
  });

  it('reads a bare number as minutes', async () => {
    const { window } = world;
    await reachCustom(world);
    await window.type('45');
    await window.press('Enter');
    await window.notification('(in 45 minutes)');
    assert.equal(readLink(await window.copied()).expiresSeconds, 2700);
  });
}

function testWayBack(world: World): void {
  it('goes back step by step and keeps the answers', async () => {
    const { window } = world;
    await reachCustom(world);
    await window.goBack();
    await window.quickInput(({ items }) => items.some(({ label }) => label === 'Custom...'));
    await window.goBack();
    await window.quickInput(({ items }) => items[0]?.label === 'Download (GET)');
    await window.goBack();
    await window.quickInput(({ value }) => value === object.key);
    await window.goBack();
    await window.quickInput(({ items }) => items.some(({ label }) => label === object.bucket));
    assert.equal(await window.backButton.isVisible(), false, 'the first step has no Back button');
    await window.choose(object.bucket);
    await window.quickInput(({ value }) => value === object.key);
    await window.press('Enter');
    await window.choose('Upload (PUT)');
    await window.choose('15 minutes');
    await window.notification(`Copied PUT link for s3://${object.bucket}/${object.key}.`);
    assert.equal(readLink(await window.copied()).expiresSeconds, 900);
  });
}

function testRows(world: World): void {
  for (const { row, step, value, before } of rows) {
    it(`asks on "${row}" only for what the row does not specify, with a way back to the rest`, async () => {
      const { window } = world;
      await window.expand('Bucket acme-website', 'Folder docs');
      await window.chooseInMenu(row, 'Create Presigned URL...');
      const first = `Create Presigned URL (${step}/4)`;
      await window.quickInput((input) => input.title === first && input.value === value);
      let place: number = step;
      for (const stands of before) {
        place -= 1;
        await window.goBack();
        const title = `Create Presigned URL (${place}/4)`;
        await window.quickInput((input) => input.title === title && input.value === stands);
      }
      await window.quickInput(({ items }) => items.some(({ label }) => label === object.bucket));
      assert.equal(await window.backButton.isVisible(), false);
      await window.press('Escape');
      await window.noQuickInput();
    });
  }
}

function testEscape(world: World): void {
  for (const [name, reach] of Object.entries(steps)) {
    it(`copies and shows nothing after Esc at the step "${name}"`, async () => {
      const { window } = world;
      await reach(world);
      await window.press('Escape');
      await window.noQuickInput();
      await window.picture(`create 5 escape ${name}`);
      assert.equal(await window.isClipboardUntouched(), true);
      assert.deepEqual(await window.notifications(), []);
    });
  }
}

function testFailure(world: World): void {
  describe('without credentials', () => {
    afterEach(async () => {
      await world.restoreConfig();
      await world.window.row('Bucket acme-website').waitFor();
    });

    it('says in one sentence that credentials are missing, and copies nothing', async () => {
      const { window, server } = world;
      await window.chooseInMenu('Bucket acme-website', 'Create Presigned URL...');
      await window.quickInput(({ title }) => title === 'Create Presigned URL (2/4)');
      await world.writeConfig(`[default]\nregion = us-east-1\nendpoint_url = ${server.endpoint}\n`);
      await window.press('Escape');
      await window.runCommand('S3: Refresh');
      await window
        .problem('No usable credentials were found in the environment, in profile "default"')
        .waitFor();
      await window.picture('create 6 no credentials');
      assert.equal(await window.isClipboardUntouched(), true);
    });
  });
}
