import assert from 'node:assert/strict';
import { readLink } from '../../support/signedLinks.js';
import { pickExpiry } from '../support/prompts.js';
import type { World } from '../support/world.js';

/** How many rows are listed at a time. */
export const pageSize = 1000;

const folder = { bucket: 'acme-logs-2500', prefix: 'access/', objects: 2500 };

const rowHeight = 22;

export function describeBrowsing(world: World): void {
  describe('Browsing', () => {
    testKeyboard(world);
    testLabels(world);
    testLoadMore(world);
  });
}

async function isFocused({ window }: World, label: string): Promise<boolean> {
  return (await window.focusedRow())?.label.startsWith(label) === true;
}

function testKeyboard(world: World): void {
  it('goes from opening the view to a copied link and back to the row without the mouse', async () => {
    const { window } = world;
    await window.runCommand('View: Show Explorer');
    await window.row('Bucket acme-website').waitFor({ state: 'hidden' });
    await window.runCommand('Focus on Buckets View');
    await window.row('Bucket acme-website').waitFor();
    await window.focusView();
    await window.press('Home');
    await window.moveTo('Bucket acme-website');
    await window.press('ArrowRight');
    await window.row('Folder docs').waitFor();
    await window.moveTo('Folder docs');
    await window.press('ArrowRight');
    await window.row('Object safety.md').waitFor();
    await window.moveTo('Object safety.md');
    await window.press('ContextMenu');
    await window.page.getByRole('menuitem', { name: 'Copy Presigned GET URL...' }).waitFor();
    await window.picture('keyboard 1 menu');
    await window.press('ArrowDown', 'Enter');
    await pickExpiry(window, '1 hour');
    await window.notification('Copied GET link for s3://acme-website/docs/safety.md.');
    await window.picture('keyboard 2 copied');
    const text = await window.copied();
    assert.equal(readLink(text).path, '/acme-website/docs/safety.md');
    assert.equal((await fetch(text)).status, 200);
    await window.until('the focus back on the row', () => isFocused(world, 'Object safety.md'));
    assert.equal(await window.isInRows(), true);
  });
}

function testLabels(world: World): void {
  it('names every row for screen readers, with its kind', async () => {
    const { window } = world;
    await window.expand('Bucket acme-odd-keys');
    await window.picture('labels');
    const rows = window.page.locator('.pane-body [role=treeitem]');
    const labels = await window.until('the labels', async () => {
      const all = await rows.evaluateAll((elements) =>
        elements.map((element: { getAttribute(name: string): string | null }) =>
          element.getAttribute('aria-label'),
        ),
      );
      return all.some((label) => label?.startsWith('Object') === true) && all;
    });
    for (const label of labels) assert.match(label ?? '', /^(?:Bucket|Folder|Object|Load more|Problem)\b/);
    assert.equal(
      labels.some((label) => /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(label ?? '')),
      false,
    );
  });
}

/** The name of an object of the big folder, by its place in the listing. */
function nameAt({ server }: World, index: number): string {
  return (server.keys(folder.bucket)[index] ?? '').slice(folder.prefix.length);
}

async function loadMore(world: World, listed: number): Promise<void> {
  const { window } = world;
  await window.press('End');
  await window.moveTo('Load more');
  await window.picture(`load more 1 after ${listed}`);
  await window.press('Enter');
  const first = window.row(`Object ${nameAt(world, listed)}`);
  await window.until('the focus on the first row of the page', () =>
    isFocused(world, `Object ${nameAt(world, listed)}`),
  );
  await window.picture(`load more 2 after ${listed}`);
  // VS Code scrolls a focused row to the middle, with the end of the previous page above it.
  const last = await window.row(`Object ${nameAt(world, listed - 1)}`).boundingBox();
  assert.equal(
    (await first.boundingBox())?.y,
    (last?.y ?? 0) + rowHeight,
    'the first new row does not follow the previous page',
  );
  assert.equal(await first.getAttribute('aria-selected'), 'true');
}

function testLoadMore(world: World): void {
  it('loads a folder page by page without collapsing, jumping or listing a page twice', async () => {
    const { window, server } = world;
    const before = server.requests.length;
    await window.expand(`Bucket ${folder.bucket}`, 'Folder access');
    await window.row(`Object ${nameAt(world, 0)}`).click();
    await loadMore(world, pageSize);
    await loadMore(world, 2 * pageSize);
    const last = window.row(`Object ${nameAt(world, folder.objects - 1)}`);
    await window.press('End');
    await window.moveTo(`Object ${nameAt(world, folder.objects - 1)}`);
    await window.picture('load more 3 end');
    assert.equal(
      await last.getAttribute('aria-setsize'),
      String(folder.objects),
      'all rows, and no row to load more',
    );
    const pages = server.requests
      .slice(before)
      .filter(({ operation, path }) => operation === 'ListObjectsV2' && path.includes('prefix=access'));
    assert.equal(pages.length, 3);
    assert.equal(new Set(pages.map(({ path }) => path)).size, 3, 'no page was listed twice');
  });
}
