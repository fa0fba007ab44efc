import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';

/** The status bar text of Signpost; empty if there is none. */
export async function statusText(driver: Driver): Promise<string> {
  const items = await driver.visibleText('.part.statusbar .statusbar-item');
  return items
    .map((text) => text.trim())
    .filter((text) => text.startsWith('S3: '))
    .join('\n');
}

export async function waitForStatus(driver: Driver, wanted: RegExp): Promise<void> {
  await poll(async () => wanted.test(await statusText(driver)), {
    what: `the status bar to say ${String(wanted)}`,
  });
}

/** Signpost's status bar item while it offers a sign-in. */
export const signInItem = '.part.statusbar .statusbar-item:has-text("S3: Sign In")';
