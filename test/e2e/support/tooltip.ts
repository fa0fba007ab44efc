import type { Locator } from 'playwright-core';
import type { Window } from './window.js';

/** The tooltip of a row. */
export async function openTooltip(window: Window, row: string): Promise<Locator> {
  const hover = window.page.locator('.workbench-hover:visible');
  // A pointer that is already there, or that arrives while the rows are drawn, opens no tooltip.
  await window.page.mouse.move(800, 500);
  await hover.waitFor({ state: 'hidden' });
  await window.rowsDrawn();
  await window.row(row).hover();
  await hover.waitFor();
  return hover;
}
