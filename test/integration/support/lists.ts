import type { Node } from '../../../src/ui/tree/nodes.js';
import { commandIds } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../host/poll.js';
import { markClipboard } from './clipboard.js';
import { hasExpiries } from './links.js';
import { startCommand, type RunningCommand } from './window.js';

export interface AskedList {
  readonly rows: readonly Node[];
  readonly format: string;
  readonly destination: 'Copy to the Clipboard' | 'Save as a File...';
}

/** Runs "Copy Links..." on rows and answers its questions; the expiry is the one that stands first. */
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
  await driver.waitFor('.quick-input-widget input:focus');
  await driver.type(label);
  await driver.waitForQuickInput(
    ({ value, items }) => value === label && items[0]?.label.includes(label) === true,
  );
  await driver.press('Enter');
}

/** Answers the question where a file goes. */
export async function saveAs(driver: Driver, path: string): Promise<void> {
  await driver.waitForQuickInput(({ value }) => value.includes('-links.'));
  await driver.waitFor('.quick-input-widget input:focus');
  await driver.press('Control+A');
  await driver.type(path);
  await driver.waitForQuickInput(({ value }) => value === path);
  await takeFile(driver);
}

/** Takes the file that the dialog names. */
export async function takeFile(driver: Driver): Promise<void> {
  // While the dialog reads the folder it takes no Enter.
  await poll(
    async () => {
      if ((await driver.quickInput()) === undefined) return true;
      await driver.press('Enter');
      return false;
    },
    { what: 'the file to be taken', limitMs: 15_000 },
  );
}
