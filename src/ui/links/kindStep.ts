import { QuickPickItemKind, ThemeIcon } from 'vscode';
import { linkKind, linkKinds, type LinkKindId } from '../../core/links/kinds.js';
import { missingKind } from '../../core/links/linkProblem.js';
import {
  presetOptions,
  type Preset,
  type PresetOptions,
  type UnusablePreset,
} from '../../core/links/preset.js';
import { formatS3Uri, type Location } from '../../core/storage/location.js';
import type { SigningApp } from '../app.js';
import type { LinkDraft } from './linkDraft.js';
import { showMessage } from '../messages/showMessage.js';
import { setUpInput, showPicker } from '../prompts/inputs.js';
import { back, type Step } from '../prompts/steps.js';
import { presets } from './presets.js';
import { l10n, window, type QuickPickItem } from '../messages/safeVscode.js';
import { safeText, type SafeText } from '../messages/safeText.js';

type Choice = PresetOptions & Pick<LinkDraft, 'kind' | 'preset'>;

interface KindItem extends QuickPickItem {
  /** What it changes in the draft; undefined if it cannot be chosen. */
  readonly choice: Choice | undefined;
}

/**
 * Asks for the kind of link: presets from the settings, then every kind. Kinds that a store does not support
 * say so and cannot be chosen.
 */
export function kindStep(
  app: SigningApp,
  takes: (kind: LinkKindId) => boolean = () => true,
): Step<LinkDraft> {
  return async (draft, place) => {
    const { endpoint } = (await app.session.connection()).settings;
    const kindItems = offeredKinds(draft)
      .filter(takes)
      .map((id) => kindItem(id, { endpoint, bucket: draft.bucket }));
    const presetItems = presets()
      .filter((preset) => 'problem' in preset || takes(preset.kind))
      .map((preset) => presetItem(preset, draft));
    const picker = window.createQuickPick<KindItem>();
    setUpInput(picker, place);
    picker.placeholder = l10n.t('Choose what the link does');
    picker.matchOnDetail = true;
    picker.items =
      presetItems.length === 0
        ? kindItems
        : [separator(l10n.t('Presets')), ...presetItems, separator(l10n.t('Kinds of link')), ...kindItems];
    const active = kindItems.find(({ choice }) => choice?.kind === draft.kind);
    if (active !== undefined && presetItems.length === 0) picker.activeItems = [active];
    const choice = await showPicker(picker, (item) => item.choice);
    return choice === undefined || choice === back ? choice : chosenDraft(draft, choice);
  };
}

/** Choosing the same kind again keeps its options; another kind starts without any. */
function chosenDraft(draft: LinkDraft, choice: Choice): LinkDraft {
  const { bucket, key, isPrefix, kind, expiresInSeconds, preset } = draft;
  const keepsOptions = choice.kind === kind && choice.preset === undefined && preset === undefined;
  const base = keepsOptions ? draft : { bucket, key, isPrefix, expiresInSeconds };
  const chosen = { ...base, ...choice };
  if (linkKind(choice.kind).signs !== 'form' || isPrefix !== true) return chosen;
  return { ...chosen, form: { ...chosen.form, keyIsPrefix: true } };
}

const notOffered = new ThemeIcon('circle-slash');

/** Under a prefix only kinds that cover many keys make sense. */
function offeredKinds({ key, isPrefix }: LinkDraft): readonly LinkKindId[] {
  const ids = Object.keys(linkKinds) as LinkKindId[];
  return isPrefix || key === '' ? ids.filter(isForPrefix) : ids;
}

function isForPrefix(id: LinkKindId): boolean {
  return linkKind(id).about === 'prefix' || linkKind(id).signs === 'form';
}

function kindItem(
  id: LinkKindId,
  where: { readonly endpoint: string | undefined; readonly bucket: string },
): KindItem {
  const { label, detail } = linkKind(id);
  const missing = missingKind(id, where);
  if (missing === undefined)
    return {
      label: showMessage({ text: label }),
      detail: showMessage({ text: detail }),
      choice: { kind: id, preset: undefined },
    };
  return {
    label: showMessage({ text: label }),
    detail: showMessage(missing),
    iconPath: notOffered,
    choice: undefined,
  };
}

function presetItem(preset: Preset | UnusablePreset, draft: LinkDraft): KindItem {
  if ('problem' in preset) {
    return {
      label: safeText(preset.name),
      detail: showMessage(preset.problem),
      iconPath: new ThemeIcon('warning'),
      choice: undefined,
    };
  }
  const { kind } = preset;
  const label = safeText(preset.name);
  const description = showMessage({ text: linkKind(kind).label });
  if (!offeredKinds(draft).includes(kind)) {
    const detail = l10n.t('This kind of link needs an object. Go back and choose a key.');
    return { label, description, detail, iconPath: notOffered, choice: undefined };
  }
  const choice = { ...presetOptions(preset), kind, preset };
  return { label, description, iconPath: new ThemeIcon('bookmark'), choice };
}

function separator(label: SafeText): KindItem {
  return { label, kind: QuickPickItemKind.Separator, choice: undefined };
}

/** Asks for confirmation if the kind of link has a warning. */
export async function confirmDangerousKind(link: Location & { readonly kind: LinkKindId }): Promise<boolean> {
  const { warning } = linkKind(link.kind);
  if (warning === undefined) return true;
  const copy = l10n.t('Copy Link');
  return (
    (await window.showWarningMessage(
      showMessage({ text: warning, args: [formatS3Uri({ bucket: link.bucket, key: link.key })] }),
      { modal: true },
      copy,
    )) === copy
  );
}
