import type { Page } from 'playwright-core';

/** Types where the focus is. A prompt is drawn before it has the focus, and what is typed in between is lost. */
export async function typeText(page: Page, text: string): Promise<void> {
  if (await page.locator('.quick-input-widget').isVisible())
    await page.locator('.quick-input-widget input:focus').waitFor();
  await page.keyboard.type(text);
}
