import { errors, type Page } from 'playwright-core';
import { insertIntoPrompt, isKeyboardReady } from './pageReaders.js';

/** Types where the focus is; into a prompt in one step, so that nothing can take the focus halfway. */
export async function typeText(page: Page, text: string): Promise<void> {
  for (;;) {
    await readyKeyboard(page);
    const outcome = await page.evaluate(insertIntoPrompt, text);
    if (outcome === 'inserted') return;
    // Where the prompt lost the focus just now, nothing was typed.
    if (outcome === 'noPrompt') return page.keyboard.type(text);
  }
}

/** Presses a key by Playwright's name where the focus is. */
export async function pressKey(page: Page, key: string): Promise<void> {
  await readyKeyboard(page);
  await page.keyboard.press(key);
}

/**
 * Makes sure that an open prompt has the focus. VS Code draws it first and focuses it later, and a tree that redraws
 * takes the focus back (`TreeView.doRefresh`). In that case the prompt is clicked.
 */
async function readyKeyboard(page: Page): Promise<void> {
  if (await isReady(page, 1000)) return;
  await page.locator('.quick-input-box input').first().click({ timeout: 5000 });
  if (!(await isReady(page, 10_000))) throw new Error('The prompt does not get the focus.');
}

async function isReady(page: Page, timeout: number): Promise<boolean> {
  try {
    await page.waitForFunction(isKeyboardReady, undefined, { timeout });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
