import assert from 'node:assert/strict';
import { walkthroughSteps } from '../../src/ui/ids.js';
import { OtherAccount } from './support/otherAccount.js';
import { alice } from '../support/identities.js';
import { profileSection } from './support/profiles.js';
import { pickExpiry } from './support/prompts.js';
import { activeLabel, bucket, startUpload } from './support/uploads.js';
import { useWorld, type World } from './support/world.js';

type Step = keyof typeof walkthroughSteps;

const steps = Object.keys(walkthroughSteps) as readonly Step[];
const profile = 'acme';

describe('The walkthrough', () => {
  const world = useWorld({ config: () => '', files: { 'notes.md': '# Notes\n' } });
  const signer = new OtherAccount(world);
  beforeEach(() => forgetProgress(world));

  it('opens from the empty view, and marks completed steps, not cancelled ones', async () => {
    await openFromView(world);
    await chooseProfile(world);
    await copyLink(world);
    await uploadFile(world);
    await download(world, signer);
  });

  it('also marks steps done in another way, or before it was opened', async () => {
    await listBuckets(world);
    await copyLinkAs(world);
    await uploadToLink(world, signer);
  });
});

/** VS Code takes no second notice of what was done since the window was loaded. */
async function forgetProgress(world: World): Promise<void> {
  const { window, workbench } = world;
  await world.restoreConfig();
  await window.runCommand('Developer: Reset Welcome Page Walkthrough Progress');
  await window.until(
    'no stored progress',
    async () => !/#start#\w+\W+done/.test(await workbench.storedState()),
  );
  await window.reload();
}

async function openFromView(world: World): Promise<void> {
  const { window } = world;
  await window.openView();
  await window.page.locator('.part.sidebar').getByText('Open the walkthrough').click();
  await pageShown(world);
}

async function pageShown({ window }: World): Promise<void> {
  await window.page.locator('h2').getByText('Get Started with Signpost').waitFor();
}

/** Opens the page, where another editor may have taken its place, and one of its steps. */
async function openStep(world: World, step: Step): Promise<void> {
  const { window } = world;
  await window.runCommand('Welcome: Open Walkthrough...');
  await window.choose('Get Started with Signpost');
  await pageShown(world);
  const row = window.page.locator(`[data-step-id$="#${step}"]`);
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.step-title').click();
  await window.page.locator(`[data-step-id$="#${step}"][aria-expanded="true"]`).waitFor();
}

/** Clicks a button of the open step. */
async function click({ window }: World, label: string): Promise<void> {
  await window.page.locator('[data-step-id][aria-expanded="true"] .monaco-button').getByText(label).click();
}

async function doneSteps({ window }: World): Promise<readonly Step[]> {
  const ids = await window.page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('[data-done-step-id][aria-checked="true"]')].map((box) => box.dataset.doneStepId)`,
  );
  return steps.filter((step) => ids.some((id) => id.endsWith(`#${step}`)));
}

/** Cancels a question. What it was about is not ticked off, as everything before it is. */
async function cancel(world: World, step: Step): Promise<void> {
  await world.window.press('Escape');
  await world.window.noQuickInput();
  assert.deepEqual(await doneSteps(world), steps.slice(0, steps.indexOf(step)));
}

async function tickedOff(world: World, step: Step): Promise<void> {
  await openStep(world, step);
  await world.window.until(`the tick at ${step}`, async () => (await doneSteps(world)).includes(step));
  assert.deepEqual(await doneSteps(world), steps.slice(0, steps.indexOf(step) + 1));
  await world.window.picture(`walkthrough ${step}`);
}

function section({ server }: World, name: string): string {
  return profileSection(name, { credential: alice, endpoint: server.endpoint });
}

async function chooseProfile(world: World): Promise<void> {
  const { window } = world;
  // No rows are listed there.
  await window.openExplorer();
  await world.writeConfig(section(world, profile));
  await openStep(world, 'chooseSource');
  await click(world, 'Select AWS Profile...');
  await window.quickInput(({ items }) => items[0]?.label === profile);
  await cancel(world, 'chooseSource');
  await click(world, 'Select AWS Profile...');
  await window.choose(profile);
  await tickedOff(world, 'chooseSource');
}

async function copyLink(world: World): Promise<void> {
  const { window } = world;
  const key = 'index.html';
  await openStep(world, 'copyLink');
  await click(world, 'Copy Presigned GET URL...');
  await window.quickInput(({ items }) => items.length > 3);
  await cancel(world, 'copyLink');
  await window.markClipboard();
  await click(world, 'Copy Presigned GET URL...');
  await window.quickInput(({ items }) => items.length > 3);
  await window.type(`s3://acme-website/${key}`);
  await window.quickInput((input) => activeLabel(input) === `Use s3://acme-website/${key}`);
  await window.press('Enter');
  await window.quickInput(({ value }) => value === key);
  await window.press('Enter');
  await pickExpiry(window, '1 hour');
  await window.copied();
  await tickedOff(world, 'copyLink');
}

async function uploadFile(world: World): Promise<void> {
  const { window } = world;
  await openStep(world, 'uploadFile');
  await click(world, 'Choose a File to Upload...');
  await window.quickInput(({ title }) => title === 'Upload File');
  await cancel(world, 'uploadFile');
  await window.openFile('notes.md');
  await startUpload(world, 'inbox/notes.md');
  await window.notification(`Uploaded to s3://${bucket}/inbox/notes.md`);
  await tickedOff(world, 'uploadFile');
}

async function download(world: World, signer: OtherAccount): Promise<void> {
  const { window } = world;
  await window.setClipboard(await signer.get('inbox/README.md'));
  await openStep(world, 'useReceivedLink');
  await click(world, 'Download from Presigned URL...');
  await window.quickInput(({ items }) => items[0]?.label === 'Open in Editor');
  await cancel(world, 'useReceivedLink');
  await click(world, 'Download from Presigned URL...');
  await window.choose('Open in Editor');
  await window.page.getByRole('tab', { name: /Untitled-1/, selected: true }).waitFor();
  await tickedOff(world, 'useReceivedLink');
}

async function listBuckets(world: World): Promise<void> {
  await world.writeConfig(`${section(world, 'default')}\n${section(world, profile)}`);
  await world.window.openView();
  await world.window.row('Bucket acme-website').waitFor();
  await tickedOff(world, 'chooseSource');
}

async function copyLinkAs(world: World): Promise<void> {
  const { window } = world;
  await window.expand('Bucket acme-website');
  await window.markClipboard();
  await window.chooseInMenu('Object index.html', 'More Link Actions', 'Copy Link As...');
  await window.choose('Download (GET)');
  await window.choose('wget');
  await pickExpiry(window, '1 hour');
  await window.copied();
  await tickedOff(world, 'copyLink');
}

/** The step before it was left out. */
async function uploadToLink(world: World, signer: OtherAccount): Promise<void> {
  const { window } = world;
  await window.openFile('notes.md');
  await window.setClipboard(await signer.put('in/notes.md'));
  await window.runCommand('S3: Upload Active File to Presigned URL...');
  await window.dialog();
  await window.clickDialogButton('Upload');
  await window.notification(`Uploaded to s3://${bucket}/in/notes.md`);
  await openStep(world, 'useReceivedLink');
  const isDone = async () => (await doneSteps(world)).includes('useReceivedLink');
  await window.until('the tick', isDone);
  assert.deepEqual(await doneSteps(world), ['chooseSource', 'copyLink', 'useReceivedLink']);
}
