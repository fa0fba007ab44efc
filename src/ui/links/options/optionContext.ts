import type { LinkOptions, LinkTarget } from '../../../core/links/target.js';
import type { Signer } from '../../app.js';
import type { Shown } from '../../messages/shown.js';
import type { Back, StepPlace } from '../../prompts/steps.js';

/** The link that an option is asked for, and where the question stands. */
export interface OptionContext {
  readonly app: Signer;
  readonly target: LinkTarget;
  readonly place: StepPlace;
}

/** What changes; `undefined` means Esc. */
export type OptionAnswer = Promise<LinkOptions | Back | undefined>;

/** How one option of a link is asked for and shown. */
export interface OptionPrompt {
  readonly label: () => Shown;
  /** What is chosen; empty where nothing is. */
  readonly describe: (target: LinkTarget) => string;
  readonly ask: (context: OptionContext) => OptionAnswer;
}
