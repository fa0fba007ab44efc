import { QuickPickItemKind, type Disposable } from 'vscode';
import { back, type Back, type StepPlace } from './steps.js';
import {
  backButton,
  window,
  type InputBoxValidationMessage,
  type QuickInput,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

export interface PickOptions<Item extends QuickPickItem> {
  readonly items: readonly Item[];
  readonly placeholder: SafeText;
  readonly active?: Item | undefined;
  /** The same items in the same order with more details; `undefined` if there are none. */
  readonly later?: Promise<readonly Item[] | undefined>;
}

/** Asks for an item of a list. */
export function pickItem<Item extends QuickPickItem>(
  place: StepPlace,
  { items, placeholder, active, later }: PickOptions<Item>,
): Promise<Item | Back | undefined> {
  const picker = window.createQuickPick<Item>();
  setUpInput(picker, place);
  picker.items = items;
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  if (active !== undefined) picker.activeItems = [active];
  const answer = showPicker(picker, (item) => item);
  void later?.then((loaded) => {
    if (loaded !== undefined) replaceItems(picker, loaded);
  });
  return answer;
}

/**
 * Replaces the items of an open list without moving the active one. The items have to begin with the same ones in
 * the same order, which may have more details.
 */
export function replaceItems<Item extends QuickPickItem>(
  picker: QuickPick<Item>,
  items: readonly Item[],
): void {
  const [active] = picker.activeItems;
  const kept = active === undefined ? undefined : items[picker.items.indexOf(active)];
  picker.items = items;
  if (kept === undefined || kept.kind === QuickPickItemKind.Separator) return;
  picker.activeItems = [kept];
  // The text in the box may hide the item before the text is known here. Then none is active, and Enter would do
  // nothing. VS Code activates the first visible item whenever the items are set.
  picker.onDidChangeActive((activeItems) => {
    if (activeItems.length === 0) picker.items = [...picker.items];
  });
}

export interface TextOptions {
  readonly prompt: SafeText;
  readonly value: string;
  /** Shown in the empty box. */
  readonly placeholder?: SafeText;
  /** Shows dots instead of the typed text. */
  readonly password?: boolean;
  /** Shown instead of the prompt until the user types or presses Enter. */
  readonly initialValidation?: InputBoxValidationMessage;
  /** What is wrong with the text, or what it would mean. */
  readonly validate: (value: string) => InputBoxValidationMessage | undefined;
  readonly isValid: (value: string) => boolean;
}

/** Asks for a line of text. Enter does nothing while the text is not valid. */
export function askText(place: StepPlace, options: TextOptions): Promise<string | Back | undefined> {
  const box = window.createInputBox();
  setUpInput(box, place);
  box.prompt = options.prompt;
  box.value = options.value;
  box.placeholder = options.placeholder;
  box.password = options.password === true;
  box.validationMessage =
    options.initialValidation ?? (options.value === '' ? undefined : options.validate(options.value));
  return untilHidden<string>(box, (resolve) => [
    box.onDidChangeValue((value) => {
      box.validationMessage = options.validate(value);
    }),
    box.onDidTriggerButton(() => {
      resolve(back);
    }),
    box.onDidAccept(() => {
      if (options.isValid(box.value)) resolve(box.value);
      else box.validationMessage = options.validate(box.value);
    }),
  ]);
}

/** Shows a picker that the caller has set up, until an item gives an answer. */
export function showPicker<Item extends QuickPickItem, Answer>(
  picker: QuickPick<Item>,
  answer: (item: Item, picker: QuickPick<Item>) => Answer | undefined,
): Promise<Answer | Back | undefined> {
  return untilHidden<Answer>(picker, (resolve) => [
    picker.onDidTriggerButton(() => {
      resolve(back);
    }),
    picker.onDidAccept(() => {
      const item = picker.activeItems[0];
      const given = item === undefined ? undefined : answer(item, picker);
      if (given !== undefined) resolve(given);
    }),
  ]);
}

/** Sets title, step and Back button of a prompt. */
export function setUpInput(
  input: QuickInput & { buttons: readonly QuickInputButton[] },
  place: StepPlace,
): void {
  input.title = place.title;
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = place.canGoBack === true ? [backButton] : [];
}

async function untilHidden<Answer>(
  input: QuickInput,
  listen: (resolve: (answer: Answer | Back) => void) => readonly Disposable[],
): Promise<Answer | Back | undefined> {
  const listeners: Disposable[] = [];
  try {
    return await new Promise<Answer | Back | undefined>((resolve) => {
      listeners.push(
        ...listen(resolve),
        input.onDidHide(() => {
          resolve(undefined);
        }),
      );
      input.show();
    });
  } finally {
    for (const listener of listeners) listener.dispose();
    input.dispose();
  }
}
