import type { SafeText } from '../messages/safeText.js';

/** What a prompt returns when the user goes a step back. */
export const back = Symbol('back');
export type Back = typeof back;

/** The place of a prompt in a flow. */
export interface StepPlace {
  readonly title: SafeText;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly canGoBack?: boolean;
}

/** One question: takes what is known and returns it with the answer. `undefined` means Esc. */
export type Step<State> = (state: State, place: StepPlace) => Promise<State | Back | undefined>;

export interface Flow<State> {
  readonly title: SafeText;
  readonly initial: State;
  /** A function if the answers decide what else is asked. */
  readonly steps: readonly Step<State>[] | ((state: State) => readonly Step<State>[]);
  /** The first step to show; earlier ones are answered by `initial` and reached by going back. */
  readonly start?: number;
}

/**
 * Asks one question after another, with a Back button. Going back keeps the answers. `undefined` means Esc.
 */
export async function runSteps<State>({
  title,
  initial,
  steps,
  start = 0,
}: Flow<State>): Promise<State | undefined> {
  const stepsOf = typeof steps === 'function' ? steps : () => steps;
  let state = initial;
  for (let index = start; index < stepsOf(state).length;) {
    const asked = stepsOf(state);
    const numbers = { step: index + 1, totalSteps: asked.length, canGoBack: index > 0 };
    const answer = await asked[index]?.(state, asked.length === 1 ? { title } : { title, ...numbers });
    if (answer === undefined) return undefined;
    if (answer === back) {
      index = Math.max(0, index - 1);
    } else {
      state = answer;
      index += 1;
    }
  }
  return state;
}
