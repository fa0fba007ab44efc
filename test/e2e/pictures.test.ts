import { join } from 'node:path';
import { repositoryRoot } from '../host/paths.js';
import { startUpload } from './support/uploads.js';
import { useWorld, type World } from './support/world.js';

const notes = `# Release 2.4

- The large rocket flies further.
- Springs come in pairs.
- Orders are confirmed by mail.
`;

describe('The pictures of the README', () => {
  const world = useWorld({
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
});

/** Where the pictures go: `npm run pictures` names the folder of those that the README shows. */
function pictureFile(name: string): string {
  return join(repositoryRoot(), process.env.SIGNPOST_PICTURES ?? 'out/e2e-screenshots', `readme-${name}.png`);
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

async function take({ window }: World, name: string, height: number): Promise<void> {
  // Leaves out the empty lower part of the window.
  await window.page.screenshot({
    path: pictureFile(name),
    clip: { x: 0, y: 0, width: 1280, height },
    animations: 'disabled',
  });
}

function testPictures(world: World): void {
  it('shows the tree with the menu of an object', async () => {
    const { window } = world;
    await window.openMenu('Object hero.png');
    await window.page.getByRole('menuitem', { name: 'Copy Presigned GET URL...' }).hover();
    await take(world, 'tree', 600);
    await window.press('Escape');
  });

  it('shows the list of expiries', async () => {
    const { window } = world;
    await window.chooseInMenu('Object hero.png', 'Copy Presigned GET URL...');
    await window.quickInput(({ items }) => items[0]?.label === '1 hour');
    await take(world, 'expiry', 560);
    await window.press('Escape');
  });

  it('shows the message after a link was copied', async () => {
    const { window } = world;
    await window.chooseInMenu('Object hero.png', 'Copy Presigned GET URL...');
    await window.choose('1 hour');
    await window.notification('copied');
    await window.page.mouse.move(700, 300);
    await window.page.screenshot({
      path: pictureFile('copied'),
      clip: { x: 640, y: 600, width: 640, height: 200 },
      animations: 'disabled',
    });
  });

  it('shows where an upload goes', async () => {
    const { window } = world;
    await startUpload(world, 'inbox/release-notes.md');
    await window.notification('Uploaded to');
    await window.clearNotifications();
    await window.runCommand('S3: Presign Upload...');
    await window.quickInput(({ items }) => items.length > 3);
    await take(world, 'upload', 560);
    await window.press('Escape');
  });
}
