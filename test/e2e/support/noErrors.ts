import assert from 'node:assert/strict';
import type { World } from './world.js';

/** The tree reports nothing outside the tree, and nothing looks like a stack trace. */
export async function assertNoErrors({ window }: World): Promise<void> {
  assert.deepEqual(await window.notifications(), []);
  const text = await window.page.locator('.part.sidebar').innerText();
  assert.doesNotMatch(text, /\bat .*:\d+:\d+|Error:|undefined|\[object/);
}
