import { commands } from 'vscode';
import { contextKeys, type Welcome } from '../ids.js';

/** Chooses the text that the view shows when it has no rows. */
export async function setWelcome(welcome: Welcome): Promise<void> {
  await commands.executeCommand('setContext', contextKeys.welcome, welcome);
}
