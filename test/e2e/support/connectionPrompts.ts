import assert from 'node:assert/strict';
import type { World } from './world.js';

/** Answers the open prompt once it is the expected one. */
export async function answer({ window }: World, question: RegExp, text?: string): Promise<void> {
  await window.quickInput(({ message, placeholder }) => question.test(message) || question.test(placeholder));
  if (text !== undefined) await window.fill(text);
  await window.press('Enter');
}

export async function complaint({ window }: World, text: string, said: RegExp): Promise<void> {
  await window.fill(text);
  await window.quickInput(({ message }) => said.test(message));
  await window.press('Enter');
  await window.quickInput(({ message, value }) => said.test(message) && value === text);
}

/** Goes back step by step, checking each prompt. */
async function goBack({ window }: World, questions: readonly string[]): Promise<void> {
  for (const expected of questions) {
    await window.page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await window.quickInput(({ message, placeholder }) => `${message}${placeholder}`.includes(expected));
  }
}

/** Offers to add a connection when there is no profile. */
export async function offerStores(world: World): Promise<void> {
  const { window } = world;
  await window.openView();
  await window.page.locator('.pane-body').getByRole('button', { name: 'Add Connection...' }).click();
  const { items, title } = await window.quickInput(({ items }) => items.length > 0);
  assert.equal(title, 'Add Connection (1/8)');
  const names = ['MinIO', 'Cloudflare R2', 'Backblaze B2', 'Wasabi', 'DigitalOcean Spaces'];
  assert.deepEqual(
    items.slice(0, 5).map(({ label }) => label),
    names,
  );
  await window.picture('connection 1 stores');
}

/** Prefills what is known about a store, and goes back. */
export async function fillTemplate(world: World): Promise<void> {
  const { window } = world;
  await window.choose('Backblaze B2');
  await window.quickInput(({ message }) => message.startsWith('Region:'));
  await window.fill('us-west-004');
  await window.quickInput(({ message }) => message.includes('https://s3.us-west-004.backblazeb2.com'));
  await window.picture('connection 2 store filled');
  await window.press('Enter');
  await window.quickInput(
    ({ message, value }) => message.startsWith('Region to sign') && value === 'us-west-004',
  );
  await goBack(world, ['Region:', 'Choose a store']);
}

/** Keeps nothing from a store when another one is chosen. */
export async function changeStore(world: World): Promise<void> {
  const { window } = world;
  await window.choose('LocalStack');
  await answer(world, /^Endpoint of LocalStack/);
  await window.quickInput(
    ({ message, value }) => message.startsWith('Region to sign') && value === 'us-east-1',
  );
  await window.press('Enter');
  await window.quickInput(({ message, value }) => message.startsWith('Access key') && value === 'test');
  await window.press('Enter');
  await window.quickInput(({ message, value }) => message.startsWith('Secret') && value === 'test');
  await goBack(world, ['Access key', 'Region to sign', 'Endpoint of LocalStack', 'Choose a store']);
  await window.choose('MinIO');
  await answer(world, /^Endpoint of the MinIO server/);
  await answer(world, /^Region to sign/);
  await window.quickInput(({ message, value }) => message.startsWith('Access key') && value === '');
  await answer(world, /^Access key/, 'mine');
  await window.quickInput(({ message, value }) => message.startsWith('Secret') && value === '');
  await goBack(world, ['Access key', 'Region to sign', 'Endpoint of the MinIO', 'Choose a store']);
  await window.choose('Other');
}

/** Names mistakes in the endpoint as it is typed, and sends nothing. */
export async function makeEndpointMistakes(world: World): Promise<void> {
  const { window, server } = world;
  server.clearRequests();
  await window.quickInput(({ message }) => message.startsWith('Endpoint: https:// or http://'));
  await complaint(world, 'store.example.com', /must begin with https:\/\/ or http:\/\//);
  await complaint(world, 'https://docs.s3.eu-west-1.amazonaws.com', /contains the bucket "docs" in its host/);
  await window.picture('connection 3 mistake');
  await complaint(world, 'https://me@store.example.com', /contains a user name/);
  await complaint(world, 'https://store.example.com?a=b', /contains a query/);
  await complaint(world, 'https://s3.eu-west-1.amazonaws.com/docs', /cannot have a path/);
  assert.equal(server.requests.length, 0);
}

/** Warns about http:// to another machine. */
export async function refuseClearText(world: World): Promise<void> {
  const { window } = world;
  await window.fill('http://store.signpost.invalid');
  await window.press('Enter');
  const { message, detail, buttons } = await window.dialog();
  assert.equal(message, 'store.signpost.invalid uses http://, which is not encrypted. Use it anyway?');
  assert.match(detail, /^Anyone who sees the traffic .* can read the objects/);
  assert.deepEqual(buttons.includes('Use http://'), true);
  await window.picture('connection 4 clear text');
  await window.clickDialogButton('Cancel');
  await window.quickInput(({ value }) => value === 'http://store.signpost.invalid');
  await window.press('Escape');
  await window.noQuickInput();
}
