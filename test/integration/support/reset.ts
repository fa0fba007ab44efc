import { openApp } from './app.js';
import { connectS3 } from './s3.js';
import { hideView, selectProfile } from './view.js';
import { clearWindow } from './window.js';

/**
 * Restores the initial state for the next test: servers with their first objects and no fault, the view
 * hidden, the profile `default`, no earlier expiry, and nothing on the screen. Tests undo their own changes
 * to settings and files.
 */
export async function reset(): Promise<void> {
  const { session, memory } = await openApp();
  await connectS3().restore();
  await hideView();
  // Empty before the session was first used.
  if (!['', 'profile:default'].includes(session.sourceId)) await selectProfile('default');
  if (memory.expirySeconds !== undefined) await memory.setExpirySeconds(undefined);
  await clearWindow();
}
