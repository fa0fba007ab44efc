import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { gradientPng } from '../servers/sampleData/png.js';
import { OtherAccount } from './support/otherAccount.js';
import { writtenV4 } from '../support/writtenLinks.js';
import { assertNoErrors } from './support/noErrors.js';
import { alice } from '../support/identities.js';
import { profileSection } from './support/profiles.js';
import { bucket } from './support/uploads.js';
import { useWorld, type World } from './support/world.js';

const notes = '# Notes\n\ncaf\u00e9\n';
const png = gradientPng({ width: 32, height: 32 }, [31, 111, 235], [240, 136, 62]);
const bigBytes = 24 * 1024 * 1024;
const upload = 'S3: Upload Active File to Presigned URL...';
const download = 'S3: Download from Presigned URL...';

describe('Without a profile', () => {
  const world = useWorld({ config: () => '', files: { 'notes.md': notes, 'there.csv': 'mine' } });
  const signer = new OtherAccount(world);
  before(() => {
    world.server.putObject(bucket, 'out/data.csv', 'a,b\n1,2\n', { contentType: 'text/csv' });
    world.server.putObject(bucket, 'out/logo.png', png, { contentType: 'image/png' });
    world.server.putObject(bucket, 'out/big.bin', Buffer.alloc(bigBytes, 'x'));
  });
  beforeEach(() => world.window.clearNotifications());
  afterEach(async () => {
    world.server.setFault(undefined);
    await world.restoreConfig();
  });
  testWelcome(world);
  testPutLink(world, signer);
  testSignedHeader(world, signer);
  testLookalike(world);
  testForm(world, signer);
  testRefusedLinks(world, signer);
  testOpen(world, signer);
  testSave(world, signer);
  testCancel(world, signer);
});

function testWelcome(world: World): void {
  it('the view reports it, and offers a remedy', async () => {
    const { window } = world;
    await window.openView();
    await window.page.getByText('No AWS profile was found on this machine').waitFor();
    await window.picture('error no profile');
    await assertNoErrors(world);
    await window.page.getByRole('button', { name: 'Open AWS Config File' }).click();
    await window.page.getByRole('tab', { name: 'config', selected: true }).waitFor();
    await window.press('Control+F4');
    await world.writeConfig(profileSection('other', { credential: alice, endpoint: world.server.endpoint }));
    await window.page.getByText('Choose a profile from your AWS files').waitFor();
    await window.picture('error no choice');
    await window.page.locator('.pane-body').getByRole('button', { name: 'Select AWS Profile...' }).click();
    await window.quickInput(({ items }) => items[0]?.label === 'other');
    await window.picture('error choose a profile');
    await window.press('Escape');
    await window.noQuickInput();
    await assertNoErrors(world);
  });
}

function uploads({ server }: World): number {
  return server.requests.filter(({ operation }) => /^(?:Put|Post)Object$/.test(operation)).length;
}

function testPutLink(world: World, signer: OtherAccount): void {
  it('a PUT link on the clipboard: shows where the file goes, and sends nothing before confirmation', async () => {
    const { window, server } = world;
    await window.openFile('notes.md');
    await world.window.setClipboard(await signer.put('in/n\u202eotes.md'));
    await window.runCommand(upload);
    const { message, detail, buttons } = await window.dialog();
    await window.picture('receive 1 confirm');
    const { host } = new URL(server.endpoint);
    assert.equal(message, `Upload notes.md to ${host}?`);
    const place = `Host: ${host}Bucket: ${bucket}Key: in/n\\u{202e}otes.mdExpires: `;
    assert.ok(detail.startsWith(place), detail);
    assert.match(detail, /: \d\d:\d\d \(in (?:10|9) minutes.*\)Size: 15 Bcontent-type: text\/markdown$/);
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Upload']);
    await window.press('Escape');
    await window.noDialog();
    assert.equal(uploads(world), 0);
    await window.runCommand(upload);
    await window.dialog();
    await window.clickDialogButton('Upload');
    await window.notification(`Uploaded to s3://${bucket}/in/n\\u{202e}otes.md (15 B).`);
    await window.picture('receive 2 uploaded');
    const stored = server.getObject(bucket, 'in/n\u202eotes.md');
    assert.deepEqual([stored?.body.toString(), stored?.contentType], [notes, 'text/markdown']);
    const { headers } = server.requests.findLast(({ operation }) => operation === 'PutObject') ?? {};
    assert.equal('authorization' in (headers ?? {}), false);
  });
}

function testSignedHeader(world: World, signer: OtherAccount): void {
  it('a PUT link that signs a content type without naming it: asks for the type', async () => {
    const { window, server } = world;
    await window.openFile('notes.md');
    await world.window.setClipboard(await signer.put('in/typed', { ContentType: 'text/x-notes' }));
    await window.runCommand(upload);
    await window.quickInput(({ value }) => value === 'text/markdown');
    await window.picture('receive 3 header');
    await window.fill('text/x-notes');
    await window.press('Enter');
    assert.match((await window.dialog()).detail, /Size: 15 Bcontent-type: text\/x-notes$/);
    await window.clickDialogButton('Upload');
    await window.notification(`Uploaded to s3://${bucket}/in/typed`);
    assert.equal(server.getObject(bucket, 'in/typed')?.contentType, 'text/x-notes');
  });
}

function testLookalike(world: World): void {
  it('a PUT link whose host has a lookalike letter: shows the host in its DNS form', async () => {
    const { window } = world;
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const link = writtenV4({ address: 'https://docs.s3.\u0430mazonaws.com/in/notes.md', stamp });
    await window.openFile('notes.md');
    await window.setClipboard(link);
    await window.runCommand(upload);
    const { message, detail } = await window.dialog();
    assert.equal(message, 'Upload notes.md to docs.s3.xn--mazonaws-06g.com?');
    assert.ok(detail.startsWith('Host: docs.s3.xn--mazonaws-06g.com'), detail);
    await window.press('Escape');
    await window.noDialog();
  });
}

function testForm(world: World, signer: OtherAccount): void {
  it('no link on the clipboard: asks for one, accepts a form, and masks what is typed', async () => {
    const { window, server } = world;
    await window.openFile('notes.md');
    await world.window.setClipboard('no link');
    await window.runCommand(upload);
    await window.quickInput(({ placeholder }) => placeholder === 'Paste it here');
    await window.type('https://example.com/');
    const box = window.page.locator('.quick-input-box input');
    assert.equal(await box.getAttribute('type'), 'password');
    await window.press('Enter');
    await window.page.getByText('This URL is not presigned').first().waitFor();
    await window.picture('receive 4 no link');
    await world.window.setClipboard(signer.form('in/', { form: { keyIsPrefix: true, maxBytes: 100 } }));
    await window.press('Control+A', 'Control+V');
    await window.until('what was pasted', async () => (await box.inputValue()).length > 100);
    await window.press('Enter');
    assert.match((await window.dialog()).detail, /Key: in\/notes\.mdExpires: /);
    await window.clickDialogButton('Upload');
    await window.notification(`Uploaded to s3://${bucket}/in/notes.md`);
    assert.equal(server.getObject(bucket, 'in/notes.md')?.body.toString(), notes);
  });
}

function testRefusedLinks(world: World, signer: OtherAccount): void {
  const refused: Readonly<Record<string, readonly [() => Promise<string> | string, RegExp]>> = {
    'a GET link': [() => signer.get('out/data.csv'), /^This link is for GET, not for an upload/],
    'an expired link': [() => signer.put('in/late', {}, 3600), /^The link expired at .* Nothing was sent/],
  };
  for (const [what, [make, sentence]] of Object.entries(refused)) {
    it(`${what} is refused with the reason`, async () => {
      const { window } = world;
      await window.openFile('notes.md');
      const before = uploads(world);
      await world.window.setClipboard(await make());
      await window.runCommand(upload);
      await window.notification(sentence);
      assert.equal(uploads(world), before);
    });
  }
}

function testOpen(world: World, signer: OtherAccount): void {
  it('opens text in an editor', async () => {
    const { window } = world;
    await world.window.setClipboard(await signer.get('out/data.csv'));
    await window.runCommand(download);
    await window.quickInput(({ placeholder }) => /^data\.csv from .* \(8 B, text\/csv\)$/.test(placeholder));
    await window.picture('receive 5 download');
    await window.choose('Open in Editor');
    await window.page.locator('.editor-instance .view-lines').getByText('a,b').waitFor();
    await window.picture('receive 6 opened');
  });

  it('saves other content to a file, and asks before opening long text', async () => {
    const { window } = world;
    await world.window.setClipboard(await signer.get('out/logo.png'));
    await window.runCommand(download);
    await window.choose('Open in Editor');
    assert.equal((await window.dialog()).message, 'logo.png is not a text file.');
    await window.press('Escape');
    await window.noDialog();
    await world.window.setClipboard(await signer.get('out/big.bin'));
    await window.runCommand(download);
    await window.choose('Open in Editor');
    assert.equal((await window.dialog()).message, 'big.bin is 24 MB. Open it in an editor?');
    await window.press('Escape');
    await window.noDialog();
  });
}

function testSave(world: World, signer: OtherAccount): void {
  const saveAs = async (name: string): Promise<void> => {
    const { window } = world;
    await world.window.setClipboard(await signer.get('out/data.csv', name));
    await window.runCommand(download);
    await window.choose('Save to File...');
    await window.quickInput(({ value }) => value.includes('/workspace/'));
  };

  it('saves to a file under a safe name', async () => {
    const { window } = world;
    await saveAs('../../C:\\\\x::$DATA. ');
    await window.quickInput(({ value }) => value.endsWith('/workspace/x__$DATA'));
    await window.picture('receive 7 save');
    await window.press('Enter');
    await window.notification('Saved to ');
    assert.equal(await readFile(world.path('x__$DATA'), 'utf8'), 'a,b\n1,2\n');
  });

  it('replaces a file only after confirmation', async () => {
    const { window } = world;
    await saveAs('there.csv');
    await window.press('Enter');
    await window.quickInput(({ title }) => title.startsWith('there.csv already exists'));
    await window.picture('receive 8 exists');
    await window.press('Escape');
    await window.quickInput(({ title }) => title === 'Save there.csv');
    await window.press('Escape');
    await window.noQuickInput();
    assert.equal(await readFile(world.path('there.csv'), 'utf8'), 'mine');
    await saveAs('there.csv');
    await window.press('Enter');
    await window.quickInput(({ title }) => title.startsWith('there.csv already exists'));
    await window.press('Enter');
    await window.notification('Saved to ');
    assert.equal(await readFile(world.path('there.csv'), 'utf8'), 'a,b\n1,2\n');
  });
}

function testCancel(world: World, signer: OtherAccount): void {
  it('stops a big download on Cancel and leaves no file', async () => {
    const { window, server } = world;
    await world.window.setClipboard(await signer.get('out/big.bin'));
    await window.runCommand(download);
    await window.choose('Save to File...');
    await window.quickInput(({ value }) => value.endsWith('/workspace/big.bin'));
    await window.noNotification();
    server.setFault(() => ({ kind: 'slowBody', bytesPerSecond: 2_000_000 }));
    await window.press('Enter');
    await window.notification(/^Downloading big\.bin: .* of 24 MB$/);
    await window.picture('receive 9 progress');
    await window.clickNotificationButton('Cancel');
    await server.waitForRequest(({ path, status }) => path.includes('/out/big.bin?') && status === 0);
    await window.noNotification();
    server.setFault(undefined);
    // VS Code hides the progress at the click; Signpost removes the partial file after that.
    await window.until('no file', async () =>
      (await readdir(world.path(''))).every((name) => !name.startsWith('big.bin')),
    );
  });
}
