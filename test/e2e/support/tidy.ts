import type { Window } from './window.js';

/** Puts a window into every test's initial state: the view with closed rows, no message, nothing copied. */
export async function tidy(window: Window): Promise<void> {
  await window.clearNotifications();
  await closeRows(window);
  await window.markClipboard();
}

/** Closes all rows and clears the selection: commands of the palette act on selected rows. */
async function closeRows(window: Window): Promise<void> {
  await window.openView();
  const sidebar = window.page.locator('.part.sidebar');
  if ((await window.rows()).some(({ isOpen, level }) => isOpen || level > 1)) {
    await sidebar.getByRole('heading', { name: /^S3: Buckets/ }).hover();
    await sidebar.locator('.codicon-collapse-all').filter({ visible: true }).first().click();
    await window.until('the rows to close', async () => (await window.rows()).every(({ isOpen }) => !isOpen));
  }
  if (!(await window.rows()).some(isMarked)) return;
  const list = sidebar.locator('.pane-body .monaco-list').filter({ visible: true }).first();
  await list.click({ position: { x: 20, y: ((await list.boundingBox())?.height ?? 0) - 5 } });
  await window.until('no selection', async () => !(await window.rows()).some(isMarked));
}

function isMarked(row: { readonly isSelected: boolean; readonly isFocused: boolean }): boolean {
  return row.isSelected || row.isFocused;
}

/** Lists the rows again, after a test changed the store. */
export async function refreshRows(window: Window): Promise<void> {
  await window.openView();
  await window.runCommand('S3: Refresh');
  await window.noQuickInput();
  await window.rowsDrawn();
}
