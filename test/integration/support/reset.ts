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
  // Empty before anything was asked of the session.
  if (!['', 'profile:default'].includes(session.sourceId)) await selectProfile('default');
  if (memory.expirySeconds !== undefined) await memory.setExpirySeconds(undefined);
  await clearWindow();
}
