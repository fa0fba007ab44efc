import type { QuickInput } from '../../host/driver/protocol.js';

/** Whether the first item of a key's completion stands for what was typed. */
export function isTypedKey([first]: QuickInput['items'], key: string): boolean {
  return first?.label === key && first.description === 'use this key';
}
