import { commands } from 'vscode';
import type { CommandId } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';
import { assertNothingCopied, copied, markClipboard } from './clipboard.js';
import { startCommand } from './window.js';

/** The outcome of a command without user input: a prompt, a text on the clipboard, or neither. */
export type Outcome = 'prompt' | 'copied' | 'nothing';

/** Runs a command and closes its prompt, if it has one. Fails if it also copies something. */
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
    { what: `${id} to ask or to end`, everyMs: 10 },
  );
  if (asked === 'yes') await driver.press('Escape');
  await running.ended;
  if (asked === 'no') return (await copied()) === undefined ? 'nothing' : 'copied';
  await driver.waitForNoQuickInput();
  await assertNothingCopied();
  return 'prompt';
}

/** Closes what commands opened apart from prompts: editors, the panel with the log. */
export async function closeEditors(): Promise<void> {
  await commands.executeCommand('workbench.action.closeAllEditors');
  await commands.executeCommand('workbench.action.closePanel');
}
