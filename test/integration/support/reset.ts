import type { ConnectionSource } from '../../../src/core/connection/source.js';
import { openApp } from './app.js';
import { connectS3 } from './s3.js';
import { hideView, selectProfile } from './view.js';
import { clearWindow } from './window.js';

/**
 * Leaves for the next test what the first one found: servers with their first objects and no fault, the view out of
 * sight, the profile `default`, no expiry that was chosen before, and nothing on the screen. Settings and files are taken
 * back by the tests that change them.
 */
export async function reset(): Promise<void> {
  const { session, memory } = await openApp();
  await connectS3().restore();
  await hideView();
  if (!isDefault(await session.source())) await selectProfile('default');
  if (memory.expirySeconds !== undefined) await memory.setExpirySeconds(undefined);
  await clearWindow();
}

function isDefault(source: ConnectionSource | undefined): boolean {
  return source?.kind === 'profile' && source.name === 'default';
}
