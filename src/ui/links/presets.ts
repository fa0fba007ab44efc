import { ConfigurationTarget, InputBoxValidationSeverity, workspace } from 'vscode';
import { parsePresets, presetOptions, type Preset, type UnusablePreset } from '../../core/links/preset.js';
import type { Message } from '../../core/failures/message.js';
import { holdsSecret } from '../../core/failures/redact.js';
import { settingIds } from '../ids.js';
import type { LinkDraft } from './linkDraft.js';
import { askText } from '../prompts/inputs.js';
import type { Back, StepPlace } from '../prompts/steps.js';
import { writtenPresets } from '../settings.js';
import { l10n } from '../messages/safeVscode.js';

/** The presets from the settings, and what is wrong with those that cannot be used. */
export function presets(): readonly (Preset | UnusablePreset)[] {
  return parsePresets(writtenPresets());
}

export function askPresetName(place: StepPlace): Promise<string | Back | undefined> {
  const taken = presets().map(({ name }) => name);
  return askText(place, {
    prompt: l10n.t('Name of the preset'),
    value: '',
    validate: (name) => {
      if (name.trim() === '')
        return { message: l10n.t('Enter a name.'), severity: InputBoxValidationSeverity.Error };
      return taken.includes(name.trim())
        ? {
            message: l10n.t('This replaces the preset with the same name.'),
            severity: InputBoxValidationSeverity.Warning,
          }
        : undefined;
    },
    isValid: (name) => name.trim() !== '',
  });
}

/**
 * Saves the options of a draft to the user's settings and replaces a preset of the same name. Returns why it
 * was not saved.
 */
export async function savePreset(name: string, draft: LinkDraft): Promise<Message | undefined> {
  const preset: Preset = { name: name.trim(), kind: draft.kind, ...presetOptions(draft) };
  const configuration = workspace.getConfiguration(settingIds.section);
  const kept = configuration.inspect<unknown>(settingIds.presets)?.globalValue ?? [];
  if (!Array.isArray(kept))
    return {
      text: 'The preset was not saved: the setting signpost.presets is not a list. Correct it in the settings first.',
    };
  if (holdsSecret(preset))
    return {
      text: 'The preset was not saved: it may contain a secret, and other programs can read settings. Remove the secret.',
    };
  const others = (kept as readonly unknown[]).filter((other) => !hasName(other, preset.name));
  // A settings file has no undefined members.
  const written: unknown = JSON.parse(JSON.stringify(preset));
  await configuration.update(settingIds.presets, [...others, written], ConfigurationTarget.Global);
  return undefined;
}

function hasName(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name;
}
