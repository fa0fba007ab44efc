import { commands } from 'vscode';
import { connectDriver, type Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';

/** The driver of the window. Without one, as on the desktop, the test is skipped and its title says why. */
export function driverFor(test: Mocha.Context): Driver {
  const driver = connectDriver();
  if (driver !== undefined) return driver;
  const runnable = test.runnable();
  runnable.title += ' (skipped: nothing drives this window)';
  return test.skip();
}

/** Clears the screen for the next test: no prompt, no dialog, no notification. */
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
    { what: () => `the window to be clear: there is ${left}` },
  );
}

/**
 * Clears all notifications. Opens their list first: if the last entry disappears while the list is open, VS
 * Code hides it without emptying it, and shows the old entries the next time.
 */
export async function clearNotifications(): Promise<void> {
  await commands.executeCommand('notifications.showList');
  await commands.executeCommand('notifications.clearAll');
}

/**
 * Closes one thing on the screen and names it, as it may have appeared after the others were closed; empty if
 * nothing is left.
 */
async function leftOn(driver: Driver): Promise<string> {
  const dialog = await driver.dialog();
  if (dialog !== undefined) {
    await driver.press('Escape');
    await driver.waitFor('.monaco-dialog-box', 'detached');
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

/** A command that may still be waiting for an answer to its prompt. */
export interface RunningCommand {
  hasEnded(): boolean;
  /** Rejects when the command does, which no command of Signpost may. */
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
