import { commands } from 'vscode';
import { connectDriver, type Driver } from '../../host/driver/driver.js';
import { poll } from '../../host/poll.js';

/** What drives the window. Where nothing does, as on the desktop, the test is skipped and its title says why. */
export function driverFor(test: Mocha.Context): Driver {
  const driver = connectDriver();
  if (driver !== undefined) return driver;
  const runnable = test.runnable();
  runnable.title += ' (skipped: nothing drives this window)';
  return test.skip();
}

/** Leaves nothing on the screen for the next test: no prompt, no notification. */
export async function clearWindow(): Promise<void> {
  await commands.executeCommand('workbench.action.closeQuickOpen');
  await commands.executeCommand('notifications.clearAll');
  const driver = connectDriver();
  if (driver === undefined) return;
  await driver.waitForNoQuickInput();
  await poll(
    async () => {
      if ((await driver.notifications()).length === 0) return true;
      // One that came after the others were cleared.
      await commands.executeCommand('notifications.clearAll');
      return false;
    },
    { what: 'the notifications to go', limitMs: 20_000 },
  );
}

/** A command that may still wait for an answer to its question. */
export interface RunningCommand {
  hasEnded(): boolean;
  /** Rejects where the command does, which none of Signpost's may. */
  readonly ended: Promise<void>;
}

export function startCommand(id: string, ...args: readonly unknown[]): RunningCommand {
  let hasEnded = false;
  const run = async () => {
    try {
      await commands.executeCommand(id, ...args);
    } finally {
      hasEnded = true;
    }
  };
  return { hasEnded: () => hasEnded, ended: run() };
}
