import { answer } from './support/connectionPrompts.js';
import { alice } from '../support/identities.js';
import { useWorld, type World } from './support/world.js';
import { Window } from './support/window.js';

/** Stops before the Enter that adds the bucket. */
async function typeBucket(window: Window, bucket: string): Promise<void> {
  await window.page.bringToFront();
  await window.runCommand('S3: Add Bucket...');
  await window.quickInput(({ title }) => title === 'Add Bucket');
  await window.fill(bucket);
  await window.quickInput(({ message }) => message.includes(`s3://${bucket}`));
}

/** Shows the buckets of the profile to which buckets are added. */
async function selectDefault(window: Window): Promise<void> {
  await window.page.bringToFront();
  await window.runCommand('S3: Select AWS Profile...');
  await window.choose('default');
  await window.page.getByRole('heading', { name: 'S3: Buckets (default)' }).waitFor();
}

/** Stops before the Enter that adds the connection. */
async function typeConnection(world: World, name: string): Promise<void> {
  const { window, server } = world;
  await window.page.bringToFront();
  await window.runCommand('S3: Add Connection...');
  await window.choose('Other');
  await answer(world, /^Endpoint/, server.endpoint);
  await answer(world, /^Region to sign/);
  await answer(world, /^Access key ID/, alice.accessKeyId);
  await answer(world, /^Secret access key/, alice.secretAccessKey);
  await answer(world, /^Session token/);
  await answer(world, /^Addressing style/);
  await window.quickInput(({ message }) => message.startsWith('Connection name'));
  await window.fill(name);
}

/** Two pages of one browser are two windows: each has an extension host, and both share VS Code's state. */
describe('Two windows', () => {
  const world = useWorld({ usesLinks: false });
  const windows: Window[] = [];
  const sides = ['left', 'right'] as const;
  const rounds = ['first', 'second'];
  const bucketOf = (round: string, side: string) => `added-${round}-${side}`;

  async function openSecond(): Promise<Window> {
    const page = await world.workbench.page.context().newPage();
    await world.workbench.load(page);
    return new Window({ ...world.workbench, page });
  }

  before(async () => {
    windows.push(world.window, await openSecond());
    for (const window of windows) {
      await window.openView();
      await window.row('Bucket acme-website').waitFor();
    }
  });

  /** Prepares an addition in both windows, then presses Enter in both. */
  async function addInBoth(prepare: (window: Window, side: string) => Promise<void>): Promise<void> {
    for (const [index, window] of windows.entries()) await prepare(window, String(sides[index]));
    await Promise.all(windows.map((window) => window.press('Enter')));
    await Promise.all(windows.map((window) => window.noQuickInput()));
  }

  it('keep every bucket that both add at the same moment', async () => {
    for (const window of windows) await selectDefault(window);
    for (const round of rounds) await addInBoth((window, side) => typeBucket(window, bucketOf(round, side)));
    const third = await openSecond();
    await third.openView();
    for (const round of rounds) {
      for (const side of sides) await third.row(`Bucket ${bucketOf(round, side)}`).waitFor();
    }
  });

  it('keep every connection that both add at the same moment', async () => {
    await addInBoth((window, side) => typeConnection({ ...world, window }, `Store ${side}`));
    const third = await openSecond();
    await third.openView();
    await third.runCommand('S3: Select AWS Profile...');
    await third.quickInput(({ items }) =>
      sides.every((side) => items.some(({ label }) => label === `Store ${side}`)),
    );
  });
});
