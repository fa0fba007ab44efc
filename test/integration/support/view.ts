import { commands } from 'vscode';
import { commandIds, viewId } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';
import { openApp } from './app.js';
import { startCommand } from './window.js';

/** The names of the rows in the view, from top to bottom. */
async function namesInView(driver: Driver): Promise<readonly string[]> {
  return (await driver.rows()).map(({ name }) => name);
}

/** Waits until the rows are as expected. */
export async function waitForRows(
  driver: Driver,
  isWanted: (names: readonly string[]) => boolean,
): Promise<readonly string[]> {
  let names: readonly string[] = [];
  return poll(
    async () => {
      names = await namesInView(driver);
      return isWanted(names) && names;
    },
    { what: () => `the rows; there are ${names.join(' | ')}` },
  );
}

/** Waits until the title above the rows contains a text; VS Code shows it in capitals. */
export async function waitForTitle(driver: Driver, text: string): Promise<void> {
  let title = '';
  await poll(
    async () => {
      title = (await driver.visibleText('.part.sidebar .composite.title h2')).join();
      return title.toLowerCase().includes(text.toLowerCase());
    },
    { what: () => `the title; there is ${title}` },
  );
}

/** Shows the view with its rows focused. */
export async function openView(): Promise<void> {
  await commands.executeCommand(`${viewId}.focus`);
}

/** Hides the view: commands then no longer act on its selected rows. */
export async function hideView(): Promise<void> {
  const { view } = await openApp();
  if (!view.isOpen([])) return;
  await commands.executeCommand('workbench.view.explorer');
  await poll(() => !view.isOpen([]), { what: 'the view to be out of sight' });
}

/** Selects a profile like the command does once the user has chosen one. */
export async function selectProfile(name: string): Promise<void> {
  const { session } = await openApp();
  await session.select({ kind: 'profile', name });
}

/** Chooses from the list of profiles like a user. */
export async function pickProfile(driver: Driver, name: string): Promise<void> {
  const running = startCommand(commandIds.selectProfile);
  // Only the drawn rows of a long list can be read; typing brings the profile into view.
  await driver.waitForQuickInput(
    ({ title, items }) => title.includes('Select AWS Profile') && items.length > 0,
  );
  await driver.type(name);
  // The rows of a long list are not in order, so all that are left have to have the name.
  await driver.waitForQuickInput(
    ({ value, items }) =>
      value === name &&
      items.some(({ label, isActive }) => label === name && isActive) &&
      items.every(({ label }) => label.includes(name)),
  );
  await driver.accept();
  await running.ended;
}
