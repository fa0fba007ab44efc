import type { QuickInput } from '../../host/driver/protocol.js';
import type { Window } from './window.js';

/** Whether the first suggestion for a key is the typed key itself. */
export function isTypedKey([first]: QuickInput['items'], key: string): boolean {
  return first?.label === key && first.description === 'use this key' && first.isActive;
}

/** Answers the prompt for the expiry with the keyboard; the last answer is listed first. */
export async function pickExpiry(window: Window, label: string): Promise<void> {
  await window.quickInput(({ items }) => items.some((item) => item.label === 'Custom...'));
  await window.type(label);
  await window.quickInput(
    ({ value, items: [first] }) => value === label && first?.label === label && first.isActive,
  );
  await window.press('Enter');
}
