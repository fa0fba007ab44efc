import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import type { Driver } from '../../host/driver/driver.js';
import type { Message } from '../../host/driver/protocol.js';
import { poll } from '../../support/poll.js';
import { clearNotifications } from './window.js';

const marker = 'The last message of this test';
/** VS Code lists this while an extension takes long to activate, at any time. */
const activating = 'Activating Extensions...';

/**
 * Every message shown so far. Messages arrive in order, so a final one shows that no other is outstanding.
 * Reads the list of all messages, as VS Code pops up only some of many. Waits until no progress is listed; VS Code
 * keeps it for at least 800 ms (`ProgressService`).
 */
export async function shownMessages(driver: Driver): Promise<readonly Message[]> {
  void window.showInformationMessage(marker);
  let listed: readonly Message[] = [];
  return poll(
    async () => {
      await commands.executeCommand('notifications.showList');
      listed = await driver.notifications();
      // A list without the marker is closed or incomplete.
      const isWhole = listed.some(({ message }) => message === marker) && !listed.some(isProgress);
      return isWhole && listed.filter(({ message }) => ![marker, activating].includes(message));
    },
    {
      what: () =>
        `all messages and no progress; listed are ${listed.map(({ message }) => message).join(' | ')}`,
    },
  );
}

/** Only progress has Cancel as its single button. */
function isProgress({ buttons }: Message): boolean {
  return buttons.join() === 'Cancel';
}

/**
 * Opens the list of all messages and waits for one with this text. VS Code pops up only the first three
 * messages within 800 ms, and closes the list when its last entry goes, such as the progress before a message.
 */
export async function listMessages(driver: Driver, text: string | RegExp): Promise<Message> {
  const isWanted = ({ message }: Message) =>
    typeof text === 'string' ? message.includes(text) : text.test(message);
  return poll(
    async () => {
      await commands.executeCommand('notifications.showList');
      return (await driver.notifications()).find(isWanted);
    },
    { what: `a message with ${String(text)}` },
  );
}

/** Closes the list of all messages, which would take an Escape meant for a prompt. */
export async function hideMessages(): Promise<void> {
  await commands.executeCommand('notifications.hideList');
}

export async function assertNoMessage(driver: Driver): Promise<void> {
  assert.deepEqual(await shownMessages(driver), []);
  await hideMessages();
}

/** Clears the messages shown so far. */
export async function clearMessages(driver: Driver): Promise<void> {
  await clearNotifications();
  await poll(async () => (await driver.notifications()).length === 0, {
    what: 'the notifications to go',
  });
}
