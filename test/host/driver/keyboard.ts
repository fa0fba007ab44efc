import type { Page } from 'playwright-core';
import { insertIntoPrompt, isPromptReady } from './pageReaders.js';

/** Types where the focus is; into a prompt as one input, of which nothing else can take a part. */
export async function typeText(page: Page, text: string): Promise<void> {
  await readyPrompt(page);
  if (!(await page.evaluate(insertIntoPrompt, text))) await page.keyboard.type(text);
}

/** Presses a key by Playwright's name where the focus is. */
export async function pressKey(page: Page, key: string): Promise<void> {
  await readyPrompt(page);
  await page.keyboard.press(key);
}

/**
 * Has the keyboard in the prompt, where one is open. It is drawn before it has the focus, and a tree that is drawn anew
 * at this moment takes the focus back (`TreeView.doRefresh` of VS Code): then it is clicked, as a person does.
 */
async function readyPrompt(page: Page): Promise<void> {
  const isReady = (timeout: number) => page.waitForFunction(isPromptReady, undefined, { timeout });
  try {
    await isReady(1000);
  } catch {
    await page.locator('.quick-input-widget input').first().click();
    await isReady(10_000);
  }
}
