import type { QuickInput } from '../../host/driver/protocol.js';
import type { Window } from './window.js';

/** Whether the first item of a key's completion stands for what was typed. */
export function isTypedKey([first]: QuickInput['items'], key: string): boolean {
  return first?.label === key && first.description === 'use this key' && first.isActive;
}

/** Answers how long a link shall be valid, with the keyboard; the last answer stands first. */
export async function pickExpiry(window: Window, label: string): Promise<void> {
  await window.quickInput(({ items }) => items.some((item) => item.label === 'Custom...'));
  await window.type(label);
  await window.quickInput(
    ({ value, items: [first] }) => value === label && first?.label === label && first.isActive,
  );
  await window.press('Enter');
}
