import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds, viewId } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../host/poll.js';
import { startCommand } from './window.js';

const row = '.part.sidebar .monaco-list-row';
/** As many as fit into the window. */
const rowsLimit = 32;

/** All rows in one look; they are not in their order. */
export function namesInView(driver: Driver): Promise<readonly string[]> {
  return driver.visibleText(`${row} .label-name`);
}

/** The names of the rows in the view, from top to bottom. */
async function rowNames(driver: Driver): Promise<readonly string[]> {
  const names = await Promise.all(
    Array.from({ length: rowsLimit }, (_, index) =>
      driver.visibleText(`${row}[data-index="${index}"] .label-name`),
    ),
  );
  return names.flat();
}

/** Waits until the rows are as the test wants them. */
export async function waitForRows(
  driver: Driver,
  isWanted: (names: readonly string[]) => boolean,
): Promise<readonly string[]> {
  let names: readonly string[] = [];
  try {
    return await poll(
      async () => {
        const before = names;
        names = await rowNames(driver);
        // The rows are read one after the other, so only what is read twice was there at one time.
        return isWanted(names) && names.join() === before.join() && names;
      },
      { what: 'the rows', limitMs: 10_000 },
    );
  } catch {
    return assert.fail(`the rows stay as they are: ${names.join(' | ')}`);
  }
}

/** Whether the rows become as the test wants them within a second. */
export function areSoon(driver: Driver, isWanted: (names: readonly string[]) => boolean): Promise<boolean> {
  return poll(async () => isWanted(await rowNames(driver)), { what: 'the rows', limitMs: 1000 }).then(
    () => true,
    () => false,
  );
}

/** Shows the view, with the keyboard in its rows. */
export async function openView(): Promise<void> {
  await commands.executeCommand(`${viewId}.focus`);
}

/** Chooses a profile as a person does. */
export async function selectProfile(driver: Driver, name: string): Promise<void> {
  const running = startCommand(commandIds.selectProfile);
  // Of a long list only the rows that are drawn are known; typing brings the profile among them.
  await driver.waitForQuickInput(
    ({ title, items }) => title.includes('Select AWS Profile') && items.length > 0,
  );
  // Rows of the view that are drawn meanwhile may take the keyboard.
  await driver.click('.quick-input-widget input');
  await driver.waitFor('.quick-input-widget input:focus');
  await driver.type(name);
  // The rows of a long list are not in their order, so all that are left have to have the name.
  await driver.waitForQuickInput(
    ({ value, items }) =>
      value === name &&
      items.some(({ label }) => label === name) &&
      items.every(({ label }) => label.includes(name)),
  );
  await driver.press('Enter');
  await running.ended;
}
