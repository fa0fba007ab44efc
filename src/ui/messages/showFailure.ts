import { commands } from 'vscode';
import type { Explanation } from '../../core/failures/message.js';
import { showMessage } from './showMessage.js';
import { remedies } from './remedies.js';
import { window } from './safeVscode.js';

/** Argument of `Sign In`. */
export interface SignInOptions {
  /** What failed because a sign-in was missing; runs again after it. */
  readonly again?: (() => Promise<void>) | undefined;
}

/** Shows what failed, with the button of its remedy, and runs the remedy if the user chooses it. */
export async function showFailure(
  { message, remedy }: Explanation,
  again: () => Promise<void>,
): Promise<void> {
  const { command, title } = remedies[remedy];
  if ((await window.showErrorMessage(showMessage(message), title())) === undefined) return;
  if (remedy === 'retry') await again();
  else if (remedy === 'signIn') await commands.executeCommand(command, { again } satisfies SignInOptions);
  else await commands.executeCommand(command);
}
