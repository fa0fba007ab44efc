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

/** Leaves nothing on the screen for the next test: no prompt, no dialog, no notification. */
export async function clearWindow(): Promise<void> {
  await commands.executeCommand('workbench.action.closeQuickOpen');
  await clearNotifications();
  const driver = connectDriver();
  if (driver === undefined) return;
  let left = '';
  await poll(
    async () => {
      left = await leftOn(driver);
      return left === '';
    },
    { what: () => `the window to be clear: there is ${left}`, limitMs: 20_000 },
  );
}

/**
 * Clears all notifications. Their list is opened first: if its last entry disappears while it is open, VS Code hides it
 * without emptying it, and shows the old entries the next time.
 */
export async function clearNotifications(): Promise<void> {
  await commands.executeCommand('notifications.showList');
  await commands.executeCommand('notifications.clearAll');
}

/** What is on the screen, and is told to go: it may have come after the others went. */
async function leftOn(driver: Driver): Promise<string> {
  const dialog = await driver.dialog();
  if (dialog !== undefined) {
    await driver.press('Escape');
    return `the dialog "${dialog.message}"`;
  }
  const input = await driver.quickInput();
  if (input !== undefined) {
    await commands.executeCommand('workbench.action.closeQuickOpen');
    return `the prompt "${input.title}"`;
  }
  const [first] = await driver.notifications();
  if (first === undefined) return '';
  await clearNotifications();
  return `the notification "${first.message}"`;
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
