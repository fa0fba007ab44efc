import type { LinkApp } from '../app.js';
import { askForLink } from '../prompts/receivedLink.js';
import { fileOf } from '../rows/rows.js';
import { uploadReceived } from '../transfer/uploadReceived.js';
import { pickUploadSource } from '../transfer/uploadSource.js';
import { l10n } from '../messages/safeVscode.js';

/** Sends what is open in the editor, or a chosen file, through a received link or upload form. */
export async function uploadToLink(app: LinkApp, args: readonly unknown[]): Promise<void> {
  const source = await pickUploadSource(fileOf(args));
  if (source === undefined) return;
  const link = await askForLink(app, l10n.t('Upload {0} to Presigned URL', source.name));
  if (link !== undefined) await uploadReceived(app, { source, link });
}
