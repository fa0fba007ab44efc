import type { App } from '../app.js';

/** Forgets the links that were made. The links themselves go on working. */
export async function clearRecentLinks({ memory }: App): Promise<void> {
  await memory.changeRecentLinks(() => []);
}
