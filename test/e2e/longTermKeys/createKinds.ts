import assert from 'node:assert/strict';
import { isTypedKey } from '../support/prompts.js';
import type { World } from '../support/world.js';

const bucket = 'acme-website';
const key = 'docs/getting-started.md';

export const kindFiles = { 'exact.txt': 'exact\n' };

export function describeCreateKinds(world: World): void {
  describe('Creating links of every kind', () => {
    testOptions(world);
    testNeeded(world);
    testExactFile(world);
    testForm(world);
    testDelete(world);
  });
}

/** Types a text into the box that asks for it. */
async function answer({ window }: World, question: RegExp, text: string): Promise<void> {
  await window.quickInput(({ message }) => question.test(message));
  await window.fill(text);
  await window.press('Enter');
}

async function reachKinds({ window }: World, name = key): Promise<void> {
  await window.runCommand('S3: Create Presigned URL...');
  await window.quickInput(({ items }) => items.some(({ label }) => label === bucket));
  await window.choose(bucket);
  await window.quickInput(({ placeholder }) => placeholder === `Object key in ${bucket}`);
  await window.type(name);
  await window.quickInput(({ items }) => isTypedKey(items, name));
  await window.press('Enter');
  await window.quickInput(({ placeholder }) => placeholder === 'Choose what the link does');
}

function testOptions(world: World): void {
  it('limits an upload to the chosen options, shows them, and lists them first as a preset', async () => {
    const { window, server } = world;
    await reachKinds(world, 'page.html');
    await window.picture('kinds 1 list');
    await window.choose('Upload (PUT)');
    await window.choose('Options...');
    await window.choose('Content type');
    await answer(world, /^Content type that the upload must declare/, 'text/html; charset=utf-8');
    await window.choose('Metadata');
    await answer(world, /^Metadata as/, 'author');
    await answer(world, /^Enter name=value/, 'author=me');
    await window.quickInput(({ items }) => items.some(({ description }) => description === 'author=me'));
    await window.picture('kinds 2 options');
    await window.choose('Save as preset...');
    await answer(world, /^Name of the preset/, 'Page');
    await window.choose('Continue');
    await window.choose('1 hour');
    await window.notification(
      'Send the request with these headers: content-type: text/html; charset=utf-8, x-amz-meta-author: me',
    );
    await window.picture('kinds 3 requirements');
    const url = await window.copied();
    const send = (headers: Record<string, string>) =>
      fetch(url, { method: 'PUT', headers, body: Buffer.from('<p>') });
    assert.equal((await send({ 'content-type': 'text/html; charset=utf-8' })).status, 403);
    const whole = { 'content-type': 'text/html; charset=utf-8', 'x-amz-meta-author': 'me' };
    assert.equal((await send(whole)).status, 200);
    assert.equal(server.getObject(bucket, 'page.html')?.contentType, 'text/html; charset=utf-8');
    await window.clearNotifications();
    await takePreset(world);
  });
}

/** Chooses the preset, which holds every chosen option. */
async function takePreset(world: World): Promise<void> {
  const { window } = world;
  await reachKinds(world, 'other.html');
  const { items } = await window.quickInput(({ items }) => items.some(({ label }) => label === 'Page'));
  assert.equal(items.find(({ label }) => label !== '' && label !== 'Presets')?.label, 'Page');
  await window.picture('kinds 4 preset');
  await window.choose('Page');
  await window.choose('1 hour');
  await window.notification('x-amz-meta-author: me');
}

function testNeeded(world: World): void {
  it('asks for the name of a download', async () => {
    const { window } = world;
    await reachKinds(world);
    await window.choose('Download as (GET)');
    await window.quickInput(({ value }) => value === 'getting-started.md');
    await window.fill('Über uns.md');
    await window.press('Enter');
    await window.choose('1 hour');
    await window.notification(`Copied GET link for s3://${bucket}/${key}.`);
    const answer = await fetch(await window.copied());
    assert.match(answer.headers.get('content-disposition') ?? '', /filename\*=UTF-8''%C3%9Cber%20uns\.md$/);
  });

  it('asks for a version', async () => {
    const { window } = world;
    await reachKinds(world);
    await window.choose('Download this version (GET)');
    await window.quickInput(({ placeholder }) => placeholder === 'Choose a version, or type its ID');
    await window.type('null');
    await window.quickInput(({ items }) => items[0]?.label === 'null');
    await window.picture('kinds 5 version');
    await window.press('Enter');
    await window.choose('1 hour');
    await window.notification(`Copied GET link for s3://${bucket}/${key}.`);
    assert.equal((await fetch(await window.copied())).status, 200);
  });
}

function testExactFile(world: World): void {
  it('lets only the open file be uploaded', async () => {
    const { window, server } = world;
    await window.openFile('exact.txt');
    await reachKinds(world, 'exact.txt');
    await window.choose('Upload exactly this file (PUT)');
    await window.choose('The open file');
    await window.choose('1 hour');
    const { message } = await window.notification('Only exact.txt (6 B) can be uploaded.');
    await window.picture('kinds 6 exact file');
    const sum = /x-amz-checksum-sha256: (\S+)/.exec(message)?.[1] ?? '';
    const md5 = /content-md5: ([^,\s]+)/.exec(message)?.[1] ?? '';
    const headers = { 'content-type': 'text/plain', 'content-md5': md5, 'x-amz-checksum-sha256': sum };
    const url = await window.copied();
    const send = async (text: string) =>
      (await fetch(url, { method: 'PUT', headers, body: Buffer.from(text) })).status;
    assert.notEqual(await send('exalt\n'), 200);
    assert.equal(await send('exact\n'), 200);
    assert.equal(server.getObject(bucket, 'exact.txt')?.body.toString(), 'exact\n');
  });
}

function testForm(world: World): void {
  it('creates a form for a folder, limited in size and content type', async () => {
    const { window, server } = world;
    await window.runCommand('S3: Create Presigned URL...');
    await window.quickInput(({ items }) => items.some(({ label }) => label === bucket));
    await window.choose(bucket);
    await window.quickInput(({ placeholder }) => placeholder === `Object key in ${bucket}`);
    await window.fill('inbox/');
    await window.choose('All keys in inbox/');
    const { items } = await window.quickInput(
      ({ placeholder }) => placeholder === 'Choose what the link does',
    );
    const kinds = items
      .map(({ label }) => label)
      .filter((label) => /\((?:GET|PUT|POST|HEAD|DELETE)\)/.test(label));
    assert.deepEqual(kinds, ['Form upload (POST)', 'List a prefix (GET)']);
    await window.choose('Form upload (POST)');
    await window.choose('Options...');
    await window.choose('Size');
    await answer(world, /^Allowed size/, '1 KB');
    await window.choose('Continue');
    await window.choose('1 hour');
    await window.notification(`Copied POST form (JSON) for s3://${bucket}/inbox/.`);
    await window.picture('kinds 7 form');
    const { url, fields } = JSON.parse(await window.copied()) as {
      url: string;
      fields: Record<string, string>;
    };
    const post = async (body: string) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob([body]), 'photo.png');
      return (await fetch(url, { method: 'POST', body: form })).status;
    };
    assert.equal(await post('x'.repeat(1025)), 400);
    assert.equal(await post('x'.repeat(1024)), 204);
    assert.equal(server.getObject(bucket, 'inbox/photo.png')?.body.byteLength, 1024);
  });
}

function testDelete(world: World): void {
  it('warns before it creates a link that deletes, and names the object', async () => {
    const { window, server } = world;
    server.putObject(bucket, 'old.txt', 'old');
    for (const yes of [false, true]) {
      await reachKinds(world, 'old.txt');
      // The list is longer than the window shows.
      await window.type('Delete (D');
      await window.choose('Delete (DELETE)');
      await window.choose('15 minutes');
      const { message } = await window.dialog();
      assert.match(message, /^Anyone with this link can delete s3:\/\/acme-website\/old\.txt/);
      await window.clickDialogButton(yes ? 'Copy Link' : 'Cancel');
      await window.noDialog();
      if (!yes) assert.equal(await window.isClipboardUntouched(), true);
    }
    assert.equal((await fetch(await window.copied(), { method: 'DELETE' })).status, 204);
    assert.equal(server.getObject(bucket, 'old.txt'), undefined);
  });
}
