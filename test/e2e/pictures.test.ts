import { join } from 'node:path';
import { repositoryRoot } from '../host/paths.js';
import { writtenV4 } from '../support/writtenLinks.js';
import { alice } from '../support/identities.js';
import { profileSection } from './support/profiles.js';
import { startUpload } from './support/uploads.js';
import { useWorld, type World } from './support/world.js';

const notes = `# Release 2.4

- The large rocket flies further.
- Springs come in pairs.
- Orders are confirmed by mail.
`;

const otherProfiles = `
[profile production]
region = eu-central-1
sso_account_id = 111122223333
sso_role_name = developer
sso_region = eu-central-1
sso_start_url = https://acme.awsapps.com/start

[profile staging]
region = eu-west-1
role_arn = arn:aws:iam::111122223333:role/staging
source_profile = default
`;

describe('The pictures of the README and the walkthrough', () => {
  const world = useWorld({
    config: ({ endpoint }) => profileSection('default', { credential: alice, endpoint }) + otherProfiles,
    files: { 'release-notes.md': notes, 'src/rockets.ts': 'export const rockets = 2;\n' },
    userSettings: {
      'window.commandCenter': false,
      'window.title': '${activeEditorShort}',
      'editor.minimap.enabled': false,
    },
  });
  before(async () => {
    await world.window.openFile('release-notes.md');
    await world.window.openView();
    await widenSidebar(world);
    await world.window.expand('Bucket acme-website', 'Folder assets', 'Folder img', 'Folder docs');
  });
  beforeEach(() => world.window.clearNotifications());
  testPictures(world);
  testDialogs(world);
});

/** Where they are kept: `npm run pictures` names the folder of those that are shown. */
function pictureFile(name: string): string {
  return join(repositoryRoot(), process.env.SIGNPOST_PICTURES ?? 'out/e2e-screenshots', `${name}.png`);
}

async function widenSidebar({ window }: World): Promise<void> {
  const box = await window.page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('There is no sidebar.');
  const edge = { x: box.x + box.width + 1, y: 400 };
  await window.page.mouse.move(edge.x, edge.y);
  await window.page.mouse.down();
  await window.page.mouse.move(edge.x + 90, edge.y, { steps: 5 });
  await window.page.mouse.up();
}

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The window without its lower part, which is empty. */
function upper(height: number): Clip {
  return { x: 0, y: 0, width: 1280, height };
}

async function take({ window }: World, name: string, clip: Clip): Promise<void> {
  await window.page.screenshot({ path: pictureFile(name), clip, animations: 'disabled' });
}

/** A part of the window alone. */
async function takePart({ window }: World, name: string, selector: string): Promise<void> {
  await window.page.locator(selector).screenshot({ path: pictureFile(name), animations: 'disabled' });
}

function testPictures(world: World): void {
  it('shows the tree with the menu of an object', async () => {
    const { window } = world;
    await window.openMenu('Object hero.png');
    await window.page.getByRole('menuitem', { name: 'Copy Presigned GET URL...' }).hover();
    await take(world, 'readme-tree', upper(600));
    await take(world, 'walkthrough/copyLink', { x: 48, y: 32, width: 486, height: 510 });
    await window.press('Escape');
  });

  it('shows the list of expiries', async () => {
    const { window } = world;
    await window.chooseInMenu('Object hero.png', 'Copy Presigned GET URL...');
    await window.quickInput(({ items }) => items[0]?.label === '1 hour');
    await take(world, 'readme-expiry', upper(560));
    await window.press('Escape');
  });

  it('shows the message after a link is copied', async () => {
    const { window } = world;
    await window.chooseInMenu('Object hero.png', 'Copy Presigned GET URL...');
    await window.choose('1 hour');
    await window.notification('Copied');
    await window.page.mouse.move(700, 300);
    await take(world, 'readme-copied', { x: 640, y: 600, width: 640, height: 200 });
  });

  it('shows where an upload goes', async () => {
    const { window } = world;
    await startUpload(world, 'inbox/release-notes.md');
    await window.notification('Uploaded to');
    await window.clearNotifications();
    await window.runCommand('S3: Presign Upload...');
    await window.quickInput(({ items }) => items.length > 3);
    await take(world, 'readme-upload', upper(560));
    await window.press('Escape');
    await window.runCommand('S3: Upload Active File Through Presigned URL...');
    await window.quickInput(({ items }) => items.length > 3);
    await takePart(world, 'walkthrough/uploadFile', '.quick-input-widget');
    await window.press('Escape');
  });
}

function testDialogs(world: World): void {
  it('shows the formats for the links of a folder', async () => {
    const { window } = world;
    await window.chooseInMenu('Folder docs', 'Copy Links...');
    await window.quickInput(({ items }) => items.length > 5);
    await takePart(world, 'readme-links', '.quick-input-widget');
    await window.press('Escape');
  });

  it('shows the list of profiles', async () => {
    const { window } = world;
    await window.runCommand('S3: Select AWS Profile...');
    await window.quickInput(({ items }) => items.length > 3);
    await takePart(world, 'walkthrough/chooseSource', '.quick-input-widget');
    await window.press('Escape');
  });

  it('shows the confirmation before an upload through a received link', async () => {
    const { window } = world;
    const address = 'https://acme-reports.s3.eu-west-1.amazonaws.com/inbox/release-notes.md';
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    await window.setClipboard(writtenV4({ address, stamp, expires: '5430', more: ['x-id=PutObject'] }));
    await window.runCommand('S3: Upload Active File to Presigned URL...');
    await window.dialog();
    await takePart(world, 'walkthrough/useReceivedLink', '.monaco-dialog-box');
    await window.press('Escape');
    await window.noDialog();
  });
}
