import { env } from 'vscode';
import { formatBytes } from '../../core/text/formatEntry.js';
import type { Location } from '../../core/storage/location.js';
import type { Uploaded } from '../../core/transfer/link/uploadResponse.js';
import { safeUri } from '../messages/safeUri.js';
import { l10n } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

interface Outcome extends Pick<Uploaded, 'isConfirmed'> {
  readonly sizeBytes: number;
}

/** The message after an upload: no more than the server has proved. */
export function uploadedSentence(location: Location, { sizeBytes, isConfirmed }: Outcome): SafeText {
  const facts = [safeUri(location), formatBytes(sizeBytes, env.language)];
  if (isConfirmed) return l10n.t('Uploaded to {0} ({1}).', ...facts);
  return l10n.t('Uploaded to {0} ({1}). The server did not confirm the content.', ...facts);
}
