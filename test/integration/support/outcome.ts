import { commands } from 'vscode';
import type { CommandId } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../host/poll.js';
import { assertNothingCopied, copied, markClipboard } from './clipboard.js';
import { startCommand } from './window.js';

/** What a command comes to when nobody answers it: a question, a text on the clipboard, or neither. */
export type Outcome = 'prompt' | 'copied' | 'nothing';

/** Runs a command and closes its question, if it has one. Fails where it copies something then. */
export async function outcomeOf(
  driver: Driver,
  { id, args }: { readonly id: CommandId; readonly args: readonly unknown[] },
): Promise<Outcome> {
  await markClipboard();
  const running = startCommand(id, ...args);
  const asked = await poll(
    async () => {
      if ((await driver.quickInput()) !== undefined) return 'yes';
      return running.hasEnded() && 'no';
    },
    { what: `${id} to ask or to end`, limitMs: 15_000, everyMs: 10 },
  );
  if (asked === 'yes') await driver.press('Escape');
  await running.ended;
  if (asked === 'no') return (await copied()) === undefined ? 'nothing' : 'copied';
  await driver.waitForNoQuickInput();
  await assertNothingCopied();
  return 'prompt';
}

/** Closes what commands opened beside prompts: editors, the panel with the log. */
export async function closeEditors(): Promise<void> {
  await commands.executeCommand('workbench.action.closeAllEditors');
  await commands.executeCommand('workbench.action.closePanel');
}
