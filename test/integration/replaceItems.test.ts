import { safeText } from '../../src/ui/messages/safeText.js';
import { window, type QuickPick, type QuickPickItem } from '../../src/ui/messages/safeVscode.js';
import { replaceItems } from '../../src/ui/prompts/inputs.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { driverFor } from './support/window.js';

const named = (label: string) => ({ label: safeText(label) });
/** Is listed whatever is typed. */
const useTyped = { ...named('use the text'), alwaysShow: true };
const early = [named('my bucket'), named('my other bucket')];
/** VS Code sorts it before the others where it begins with the text. */
const late = named('bucket');

let picker: QuickPick<QuickPickItem> | undefined;

/** Waits until an item is active, and the extension host knows. */
async function waitForActive(driver: Driver, wanted: string): Promise<void> {
  await driver.waitForQuickInput(({ items }) =>
    items.some(({ label, isActive }) => label === wanted && isActive),
  );
  await poll(() => picker?.activeItems[0]?.label === wanted, { what: 'VS Code to report the active item' });
}

/** Waits until the late item is drawn, with another item active. */
async function waitForLate(driver: Driver, active: string): Promise<void> {
  await driver.waitForQuickInput(
    ({ items }) =>
      items.some(({ label }) => label === 'bucket') &&
      items.some(({ label, isActive }) => label === active && isActive),
  );
}

/** Opens a list and makes one of its items active. */
async function open(
  driver: Driver,
  items: readonly QuickPickItem[],
  active: string,
): Promise<QuickPick<QuickPickItem>> {
  picker = window.createQuickPick();
  picker.items = items;
  picker.activeItems = items.filter(({ label }) => label === active);
  picker.show();
  await waitForActive(driver, active);
  return picker;
}

describe('items that arrive while a list is open', () => {
  afterEach(() => picker?.dispose());

  for (const active of ['my bucket', 'my other bucket']) {
    it(`do not move the active item: ${active}`, async function () {
      const driver = driverFor(this);
      replaceItems(await open(driver, early, active), [...early, late]);
      await waitForLate(driver, active);
    });
  }

  it('do not move the active item where they match the text better', async function () {
    const driver = driverFor(this);
    const list = await open(driver, early, 'my bucket');
    await driver.type('bucket');
    await poll(() => list.value === 'bucket', { what: 'VS Code to report the text' });
    await waitForActive(driver, 'my bucket');
    replaceItems(list, [...early, late]);
    await waitForLate(driver, 'my bucket');
  });

  for (const hidden of ['my bucket', 'my other bucket']) {
    it(`leave one active where text that is not reported yet hides ${hidden}`, async function () {
      const driver = driverFor(this);
      const list = await open(driver, [useTyped, ...early], hidden);
      // VS Code gets the text before the items, as if it had been typed.
      list.value = 'something';
      replaceItems(list, [useTyped, ...early, late]);
      await waitForActive(driver, 'use the text');
    });
  }
});
