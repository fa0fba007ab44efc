import { workspace, type Disposable } from 'vscode';
import type { Memory } from '../memory.js';
import { remembersLinks } from '../settings.js';

/** Clears the recent links when the setting is off, even if it was changed before this window opened. */
export function forgetLinksWhenOff(memory: Memory): Disposable {
  const forget = () => {
    if (!remembersLinks() && memory.hasRecentLinks) void memory.changeRecentLinks(() => []);
  };
  forget();
  return workspace.onDidChangeConfiguration(forget);
}
