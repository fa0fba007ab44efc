import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** All files below a folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/**
 * What the workbench remembers, as one text: the page's databases (an extension's globalState and
 * workspaceState are rows of them), its local and session storage, and the files of extensions.
 */
export async function readStoredState(page: Page | undefined, dataFolder: string): Promise<string> {
  const files = (await filesBelow(join(dataFolder, 'data'))).filter((path) => !path.includes('/logs/'));
  const contents = files.map(async (path) => `${path}\n${await readFile(path, 'latin1').catch(() => '')}`);
  const inPage = page === undefined || page.isClosed() ? '' : await page.evaluate<string>(READ_PAGE_STORAGE);
  return [inPage, ...(await Promise.all(contents))].join('\n');
}

/** Runs in the page. A string, because the page's types are unknown here. */
const READ_PAGE_STORAGE = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const asText = (value) => (typeof value === 'string' ? value : value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value));
  const lines = [...Object.entries(localStorage), ...Object.entries(sessionStorage)].map((pair) => pair.join(' = '));
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    // The window's own logs are kept in a database too.
    for (const store of [...database.objectStoreNames].filter((name) => !name.includes('logs'))) {
      const rows = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
      lines.push('# ' + name + ' ' + store, ...keys.map((key, at) => key + ' = ' + asText(values[at])));
    }
    database.close();
  }
  return lines.join('\\n');
})()`;
