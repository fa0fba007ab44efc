import { commandIds } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import type { QuickInput } from '../../host/driver/protocol.js';
import { poll } from '../../host/poll.js';
import { startCommand } from './window.js';

/** What is shown of the connection. */
export async function details(driver: Driver): Promise<QuickInput> {
  const running = startCommand(commandIds.showConnectionDetails);
  const shown = await driver.waitForQuickInput(({ items }) => items.some(({ label }) => label === 'Clock'));
  await driver.press('Escape');
  await running.ended;
  return shown;
}

/** The rows may still be those of the profile before, whose names are the same. */
export function detailsOnceAnswered(driver: Driver): Promise<QuickInput> {
  const isAnswered = ({ items }: QuickInput) =>
    items.every(({ description }) => description !== 'not known yet');
  return poll(
    async () => {
      const shown = await details(driver);
      return isAnswered(shown) && shown;
    },
    { what: 'the server to answer', limitMs: 20_000 },
  );
}

/** What is shown, by its label. */
export function factsOf({ items }: QuickInput): ReadonlyMap<string, string> {
  return new Map(items.map(({ label, description }) => [label, description]));
}
