import { ThemeIcon } from 'vscode';
import { linkKind, type LinkOption } from '../../../core/links/kinds.js';
import type { SigningApp } from '../../app.js';
import type { LinkDraft } from '../linkDraft.js';
import { showMessage } from '../../messages/showMessage.js';
import { pickItem } from '../../prompts/inputs.js';
import { optionPrompts } from './optionPrompts.js';
import { back, type Back, type Step, type StepPlace } from '../../prompts/steps.js';
import { askPresetName, savePreset } from '../presets.js';
import { l10n, window, type QuickPickItem } from '../../messages/safeVscode.js';
import { safeText } from '../../messages/safeText.js';

/** A question for each option that a kind of link requires, except those answered by a preset. */
export function neededSteps(app: SigningApp, draft: LinkDraft): readonly Step<LinkDraft>[] {
  return linkKind(draft.kind)
    .needs.filter((option) => !isAnswered(option, draft))
    .map((option) => optionStep(app, option));
}

/** A preset must not turn a key that was chosen in full into a prefix. */
function isAnswered(option: LinkOption, { key, isPrefix, preset }: LinkDraft): boolean {
  if (option === 'formKey') {
    const widens = preset?.form?.keyIsPrefix;
    return isPrefix === true || widens === false || (widens === true && key.endsWith('/'));
  }
  return option === 'fileName' && preset?.fileName !== undefined;
}

function optionStep(app: SigningApp, option: LinkOption): Step<LinkDraft> {
  return async (draft, place) => {
    const change = await optionPrompts[option].ask({ app, target: draft, place });
    return change === undefined || change === back ? change : { ...draft, ...change };
  };
}

interface MenuItem extends QuickPickItem {
  readonly action: LinkOption | 'done' | 'save';
}

/** Shows the optional settings as a list that stays open until the user continues. */
export async function askOptions(
  app: SigningApp,
  { draft, place }: { readonly draft: LinkDraft; readonly place: StepPlace },
): Promise<LinkDraft | Back | undefined> {
  let chosen = draft;
  let last: LinkOption | undefined;
  for (;;) {
    const items = menuItems(chosen);
    const picked = await pickItem(
      { ...place, canGoBack: true },
      {
        items,
        placeholder: l10n.t('Link options'),
        active: items.find(({ action }) => action === last),
      },
    );
    if (picked === undefined) return undefined;
    if (picked === back || picked.action === 'done') return chosen;
    const answer =
      picked.action === 'save'
        ? await keepPreset(chosen, place)
        : await optionStep(app, picked.action)(chosen, { ...place, canGoBack: true });
    if (answer === undefined) return undefined;
    if (answer !== back) chosen = answer;
    last = picked.action === 'save' ? undefined : picked.action;
  }
}

async function keepPreset(draft: LinkDraft, place: StepPlace): Promise<LinkDraft | Back | undefined> {
  const name = await askPresetName({ ...place, canGoBack: true });
  if (name === undefined || name === back) return name;
  const problem = await savePreset(name, draft);
  if (problem !== undefined) void window.showWarningMessage(showMessage(problem));
  return draft;
}

function menuItems(draft: LinkDraft): readonly MenuItem[] {
  const options = linkKind(draft.kind).offers.map((option) => ({
    label: optionPrompts[option].label(),
    description: safeText(describe(draft, option)),
    action: option,
  }));
  return [
    {
      label: l10n.t('Continue'),
      description: l10n.t('choose expiry'),
      iconPath: new ThemeIcon('check'),
      action: 'done',
    },
    ...options,
    {
      label: l10n.t('Save as preset...'),
      iconPath: new ThemeIcon('bookmark'),
      description: l10n.t('to reuse these options for other links'),
      action: 'save',
    },
  ];
}

function describe(draft: LinkDraft, option: LinkOption): string {
  const chosen = optionPrompts[option].describe(draft);
  return chosen === '' ? l10n.t('not set') : chosen;
}

/** What is chosen, in a few words; empty if nothing is. */
export function describeOptions(draft: LinkDraft): string {
  return linkKind(draft.kind)
    .offers.map((option) => optionPrompts[option].describe(draft))
    .filter((text) => text !== '')
    .join(', ');
}
