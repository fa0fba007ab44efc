import type { Locator } from 'playwright-core';
import type { Window } from './window.js';

const openLimitMs = 5000;

/** The tooltip of a row, once it has its text. */
export async function openTooltip(window: Window, row: string): Promise<Locator> {
  const hover = window.page.locator('.workbench-hover:visible');
  await window.page.mouse.move(800, 500);
  await hover.waitFor({ state: 'hidden' });
  await window.rowsDrawn();
  return window.until('the text of the tooltip', async () => {
    if (!(await hover.isVisible())) {
      // A pointer that is already there opens no tooltip, nor does one that arrives while the rows are drawn. VS Code
      // can also close a tooltip whose text takes a moment.
      await window.page.mouse.move(800, 500);
      await window.row(row).hover();
      await hover.waitFor({ timeout: openLimitMs }).catch(() => undefined);
    }
    const [text = 'Loading...'] = await hover.allInnerTexts();
    return text !== 'Loading...' && hover;
  });
}
