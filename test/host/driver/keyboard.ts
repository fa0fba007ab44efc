import type { Page } from 'playwright-core';
import { insertIntoPrompt, isKeyboardReady } from './pageReaders.js';

const FOCUS_LIMIT_MS = 1000;
const CLICKED_LIMIT_MS = 10_000;

// VS Code draws a prompt first and focuses it later, and a tree that redraws takes the focus back
// (`TreeView.doRefresh`). In that case the prompt is clicked.

/** Types where the focus is; into a prompt in one step, so that nothing can take the focus halfway. */
export async function typeText(page: Page, text: string): Promise<void> {
  let outcome = await page.evaluate(insertIntoPrompt, { text, limitMs: FOCUS_LIMIT_MS });
  if (outcome === 'noFocus') {
    await clickPrompt(page);
    outcome = await page.evaluate(insertIntoPrompt, { text, limitMs: CLICKED_LIMIT_MS });
  }
  if (outcome === 'noFocus') throw new Error('The prompt does not get the focus.');
  if (outcome === 'noPrompt') await page.keyboard.type(text);
}

/** Presses a key by Playwright's name where the focus is. */
export async function pressKey(page: Page, key: string): Promise<void> {
  if (!(await page.evaluate(isKeyboardReady, FOCUS_LIMIT_MS))) {
    await clickPrompt(page);
    if (!(await page.evaluate(isKeyboardReady, CLICKED_LIMIT_MS)))
      throw new Error('The prompt does not get the focus.');
  }
  await page.keyboard.press(key);
}

function clickPrompt(page: Page): Promise<void> {
  return page.locator('.quick-input-box input').first().click({ timeout: 20_000 });
}
