import type { Remedy } from '../../core/failures/message.js';
import { commandIds, type CommandId } from '../ids.js';
import { l10n } from './safeVscode.js';
import type { SafeText } from './safeText.js';

/** The button of each remedy, and its command. In the tree, `retry` reloads the row that it appears under. */
export const remedies: Readonly<
  Record<Remedy, { readonly command: CommandId; readonly title: () => SafeText }>
> = {
  retry: { command: commandIds.refreshRow, title: () => l10n.t('Retry') },
  selectProfile: { command: commandIds.selectProfile, title: () => l10n.t('Select AWS Profile...') },
  signIn: { command: commandIds.signIn, title: () => l10n.t('Sign In') },
  editConnection: { command: commandIds.editConnection, title: () => l10n.t('Edit Connection...') },
  addBucket: { command: commandIds.addBucket, title: () => l10n.t('Add Bucket...') },
  openAwsConfig: { command: commandIds.openAwsConfig, title: () => l10n.t('Open AWS Config File') },
};
