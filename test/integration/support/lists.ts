import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Node } from '../../../src/ui/rows/nodes.js';
import { commandIds } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { markClipboard } from './clipboard.js';
import { hasExpiries } from './links.js';
import { startCommand, type RunningCommand } from './window.js';

export interface AskedList {
  readonly rows: readonly Node[];
  readonly format: string;
  readonly destination: 'Copy to the clipboard' | 'Save as a file...';
}

/** Runs "Copy Links..." on rows and answers its prompts, with the first expiry on offer. */
export async function startList(
  driver: Driver,
  { rows, format, destination }: AskedList,
): Promise<RunningCommand> {
  await markClipboard();
  const running = startCommand(commandIds.copyLinks, rows[0], rows);
  await chooseItem(driver, format);
  await chooseItem(driver, destination);
  await driver.waitForQuickInput(hasExpiries);
  await driver.press('Enter');
  return running;
}

/** Chooses from a list by the beginning of a label. */
export async function chooseItem(driver: Driver, label: string): Promise<void> {
  await driver.waitForQuickInput(({ items }) => items.some((item) => item.label.includes(label)));
  await driver.type(label);
  await driver.waitForQuickInput(
    ({ value, items: [first] }) => value === label && first?.label.includes(label) === true && first.isActive,
  );
  await driver.accept();
}

/** Answers the file dialog with a file in an existing folder. */
export async function saveAs(driver: Driver, path: string): Promise<void> {
  // The dialog hides files of other types, so that only a folder shows which folder it lists.
  const mark = 'listed by the dialog';
  await mkdir(join(dirname(path), mark), { recursive: true });
  await driver.waitForQuickInput(({ value }) => value.includes('-links.'));
  await driver.press('Control+A');
  await driver.type(path);
  await takeFile(driver, { path, isFolderShown: (names) => names.includes(mark) });
}

/**
 * Accepts the file that the dialog names, once it lists the folder: until then Enter takes the first item, or
 * nothing.
 */
export async function takeFile(
  driver: Driver,
  {
    path,
    isFolderShown,
  }: { readonly path: string; readonly isFolderShown: (names: readonly string[]) => boolean },
): Promise<void> {
  await driver.waitForQuickInput(
    ({ value, items }) =>
      value.endsWith(path) &&
      isFolderShown(items.map(({ label }) => label)) &&
      !items.some(({ isActive }) => isActive),
  );
  await driver.press('Enter');
  await driver.waitForNoQuickInput();
}
