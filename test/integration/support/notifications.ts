import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import type { Driver } from '../../host/driver/driver.js';
import type { Message } from '../../host/driver/protocol.js';
import { poll } from '../../host/poll.js';
import { clearNotifications } from './window.js';

const marker = 'The last message of this test';

/**
 * Every message shown so far. Messages come in order, so none is under way any more when a last one is there. They are
 * read from the list of all: of many at a time, VS Code pops up only some.
 */
export async function shownMessages(driver: Driver): Promise<readonly Message[]> {
  void window.showInformationMessage(marker);
  await listMessages(driver, marker);
  return (await driver.notifications()).filter(({ message }) => message !== marker);
}

/**
 * Opens the list of all messages and waits until one with this text is in it. VS Code pops up only the first three of
 * those that come within 800 ms.
 */
export async function listMessages(driver: Driver, text: string | RegExp): Promise<Message> {
  await commands.executeCommand('notifications.showList');
  return driver.waitForNotification(text);
}

/** Closes the list of all messages, which takes an Escape that is meant for a prompt. */
export async function hideMessages(): Promise<void> {
  await commands.executeCommand('notifications.hideList');
}

/** The progress of work that has ended stays in sight for a moment more: it is no message, but it has to go. */
export async function assertNoMessage(driver: Driver): Promise<void> {
  const isProgress = ({ buttons }: Message) => buttons.join() === 'Cancel';
  assert.deepEqual(
    (await shownMessages(driver)).filter((message) => !isProgress(message)),
    [],
  );
  await poll(async () => !(await driver.notifications()).some(isProgress), {
    what: 'the progress to go',
    limitMs: 20_000,
  });
  await hideMessages();
}

/** Takes away what was said so far. */
export async function clearMessages(driver: Driver): Promise<void> {
  await clearNotifications();
  await poll(async () => (await driver.notifications()).length === 0, {
    what: 'the notifications to go',
    limitMs: 20_000,
  });
}
