import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';

/**
 * Gives the window what it seals secrets with, as `code serve-web` does. Without it they are kept in memory only and
 * are lost with a reload. Runs before the page is loaded.
 */
export async function keepSecrets(page: Page): Promise<void> {
  const key = randomBytes(32);
  await page
    .context()
    .addCookies([{ name: 'vscode-secret-key-path', value: '/mint-key', domain: '127.0.0.1', path: '/' }]);
  await page.route('**/mint-key', (route) =>
    route.fulfill({ body: key, contentType: 'application/octet-stream' }),
  );
}

/** How many characters the sealed secrets take; 0 where there never was one. */
export function sealedLength(page: Page): Promise<number> {
  return page.evaluate<number>("(localStorage.getItem('secrets.provider') ?? '').length");
}
