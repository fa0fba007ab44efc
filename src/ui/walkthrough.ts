import { commands } from 'vscode';
import { walkthroughSteps } from './ids.js';

/** Marks a step of the walkthrough as done. VS Code remembers that in later sessions too, so nothing is stored here. */
export function completeStep(step: keyof typeof walkthroughSteps): void {
  void commands.executeCommand('setContext', walkthroughSteps[step], true);
}
