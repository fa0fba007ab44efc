import { useWorld } from './support/world.js';
import { Window } from './support/window.js';

/** Two pages of one browser are two windows: each has an extension host, and both have the state of one VS Code. */
describe('Two windows', () => {
  const world = useWorld();
  const rounds = ['first', 'second'];
  const bucketOf = (round: string, side: 'left' | 'right') => `added-${round}-${side}`;

  async function openSecond(): Promise<Window> {
    const { page } = world.workbench;
    const second = await page.context().newPage();
    await second.goto(page.url());
    return new Window(second);
  }

  /** Up to where Enter adds the bucket. */
  async function typeBucket(window: Window, bucket: string): Promise<void> {
    await window.page.bringToFront();
    await window.runCommand('S3: Add Bucket...');
    await window.quickInput(({ title }) => title === 'Add Bucket');
    await window.fill(bucket);
    await window.quickInput(({ message }) => message.includes(`s3://${bucket}`));
  }

  it('keep every bucket that both add at the same moment', async () => {
    const windows = [world.window, await openSecond()] as const;
    for (const window of windows) {
      await window.openView();
      await window.row('Bucket acme-website').waitFor();
    }
    for (const round of rounds) {
      await typeBucket(windows[0], bucketOf(round, 'left'));
      await typeBucket(windows[1], bucketOf(round, 'right'));
      await Promise.all(windows.map((window) => window.press('Enter')));
      await Promise.all(windows.map((window) => window.noQuickInput()));
    }
    const third = await openSecond();
    await third.openView();
    for (const round of rounds) {
      await third.row(`Bucket ${bucketOf(round, 'left')}`).waitFor();
      await third.row(`Bucket ${bucketOf(round, 'right')}`).waitFor();
    }
  });
});
