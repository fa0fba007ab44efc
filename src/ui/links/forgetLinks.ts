import { workspace, type Disposable } from 'vscode';
import type { Memory } from '../memory.js';
import { remembersLinks } from '../settings.js';

/** Forgets the links that were made where the setting says that none are remembered, also where it was changed before. */
export function forgetLinksWhenOff(memory: Memory): Disposable {
  const forget = () => {
    if (!remembersLinks() && memory.hasRecentLinks) void memory.changeRecentLinks(() => []);
  };
  forget();
  return workspace.onDidChangeConfiguration(forget);
}
