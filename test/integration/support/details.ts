import { commandIds } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import type { QuickInput } from '../../host/driver/protocol.js';
import { poll } from '../../support/poll.js';
import { startCommand } from './window.js';

/** The details of the connection, as shown. */
export async function details(driver: Driver): Promise<QuickInput> {
  const running = startCommand(commandIds.showConnectionDetails);
  const shown = await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === 'Clock'));
  await driver.press('Escape');
  await running.ended;
  return shown;
}

/** The rows may still be those of the previous profile, which have the same names. */
export function detailsOnceAnswered(driver: Driver): Promise<QuickInput> {
  const isAnswered = ({ items }: QuickInput) =>
    items.every(({ description }) => description !== 'not known yet');
  return poll(
    async () => {
      const shown = await details(driver);
      return isAnswered(shown) && shown;
    },
    { what: 'the server to answer' },
  );
}

/** The facts shown, by label. */
export function factsOf({ items }: QuickInput): ReadonlyMap<string, string> {
  return new Map(items.map(({ label, description }) => [label, description]));
}
