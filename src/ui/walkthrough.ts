import { commands } from 'vscode';
import { walkthroughId, walkthroughSteps } from './ids.js';

/** Marks a step of the walkthrough as done. VS Code remembers that in later sessions too, so nothing is stored here. */
export function completeStep(step: keyof typeof walkthroughSteps): void {
  void commands.executeCommand('setContext', walkthroughSteps[step], true);
  // VS Code reads walkthroughs when a page of them is first opened, and takes no notice of keys that were set before
  // (`registerDoneListeners` in gettingStartedService.ts). This command stores the step before it fails for that reason.
  const id = `${walkthroughId}#${step}`;
  void commands.executeCommand('welcome.markStepComplete', id).then(undefined, () => undefined);
}
