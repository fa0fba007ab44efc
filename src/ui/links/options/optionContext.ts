import type { LinkOptions, LinkTarget } from '../../../core/links/target.js';
import type { SigningApp } from '../../app.js';
import type { SafeText } from '../../messages/safeText.js';
import type { Back, StepPlace } from '../../prompts/steps.js';

/** The link that an option is for, and the place of the question in its flow. */
export interface OptionContext {
  readonly app: SigningApp;
  readonly target: LinkTarget;
  readonly place: StepPlace;
}

/** The changed options; `undefined` means Esc. */
export type OptionAnswer = Promise<LinkOptions | Back | undefined>;

/** Asks for and describes one option of a link. */
export interface OptionPrompt {
  readonly label: () => SafeText;
  /** What is chosen; empty if nothing is. */
  readonly describe: (target: LinkTarget) => string;
  readonly ask: (context: OptionContext) => OptionAnswer;
}
