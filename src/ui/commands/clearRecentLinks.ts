import type { App } from '../app.js';

/** Clears the list of recent links. The links themselves keep working. */
export async function clearRecentLinks({ memory }: Pick<App, 'memory'>): Promise<void> {
  await memory.changeRecentLinks(() => []);
}
