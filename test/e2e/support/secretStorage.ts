import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';

/**
 * Gives the window a key to seal secrets with, as `code serve-web` does. Without one, VS Code keeps them only
 * in memory and loses them on a reload. Call this before the page is loaded.
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

/** The length of the sealed secrets in characters; 0 if there are none. */
export function sealedLength(page: Page): Promise<number> {
  return page.evaluate<number>("(localStorage.getItem('secrets.provider') ?? '').length");
}
