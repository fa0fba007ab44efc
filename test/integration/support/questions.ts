import type { Driver } from '../../host/driver/driver.js';

/** The placeholder of a list, and the label of the item to choose. */
export type Answer = readonly [question: string, label: string];

export function kind(label: string): Answer {
  return ['Choose what the link does', label];
}

export function format(label: string): Answer {
  return ['Choose a format', label];
}

/** Answers a list by choosing an item by its label. */
export async function choose(driver: Driver, [question, label]: Answer): Promise<void> {
  await driver.waitForQuickInput(({ placeholder, value }) => placeholder === question && value === '');
  await driver.type(label);
  await driver.waitForQuickInput(({ items: [first] }) => first?.label === label && first.isActive);
  await driver.accept();
}
