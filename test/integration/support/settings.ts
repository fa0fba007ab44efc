import { ConfigurationTarget, workspace } from 'vscode';
import { settingIds } from '../../../src/ui/ids.js';

type SettingId = Exclude<keyof typeof settingIds, 'section'>;

/** Changes a user setting; undefined resets it. */
export async function setSetting(id: SettingId, value: unknown): Promise<void> {
  await workspace.getConfiguration(settingIds.section).update(id, value, ConfigurationTarget.Global);
}
