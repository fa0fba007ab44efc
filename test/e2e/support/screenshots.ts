import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../../host/paths.js';

/** Saves a picture of the window under a name made of the words. */
export async function screenshot(page: Page, words: string): Promise<void> {
  const folder = join(repositoryRoot(), 'out', 'e2e-screenshots');
  await mkdir(folder, { recursive: true });
  const name = words.replace(/[^\w]+/g, '-').slice(0, 80);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
