import type { Uri } from 'vscode';
import { contentTypeOf } from '../../../core/transfer/link/contentType.js';
import { digestBody } from '../../../core/transfer/link/fileDigest.js';
import { bodySizeBytes } from '../../../core/transfer/link/uploadBody.js';
import { activeUri, chooseBytes, sourceOf, type UploadSource } from '../../transfer/uploadSource.js';
import { withTransferProgress } from '../../transfer/progress.js';
import { pickItem } from '../../prompts/inputs.js';
import type { OptionAnswer, OptionContext } from './optionContext.js';
import { back, type Back } from '../../prompts/steps.js';
import { l10n, window, type QuickPickItem } from '../../messages/safeVscode.js';
import { safeText } from '../../messages/safeText.js';

/**
 * Asks for the only file that may be uploaded, the open one or another, and reads it. Its content type
 * follows from its name, unless one was chosen.
 */
export async function askExactFile({ place, target }: OptionContext): OptionAnswer {
  const source = await pickFile(place);
  if (source === undefined || source === back) return source;
  const read = await chooseBytes(source, { save: l10n.t('Save'), text: l10n.t('Use Unsaved Changes') });
  if (read === undefined) return undefined;
  const body = await read();
  const title = l10n.t('Reading {0}', source.name);
  const digest = await withTransferProgress({ title, totalBytes: bodySizeBytes(body) }, (options) =>
    digestBody(body, options),
  );
  const { contentType, file } = target;
  const isChosen =
    contentType !== undefined && (file === undefined || contentType !== contentTypeOf(file.name));
  return {
    file: { name: source.name, ...digest },
    contentType: isChosen ? contentType : contentTypeOf(source.name),
  };
}

async function pickFile(place: OptionContext['place']): Promise<UploadSource | Back | undefined> {
  const open = activeUri();
  if (open === undefined) return askFile();
  const { name } = await sourceOf(open);
  const items: readonly (QuickPickItem & { readonly uri: Uri | undefined })[] = [
    { label: l10n.t('The open file'), description: safeText(name), uri: open },
    { label: l10n.t('Choose a file...'), uri: undefined },
  ];
  const picked = await pickItem(place, {
    items,
    placeholder: l10n.t('Choose the only file that the link accepts'),
  });
  if (picked === undefined || picked === back) return picked;
  return picked.uri === undefined ? askFile() : sourceOf(picked.uri);
}

async function askFile(): Promise<UploadSource | undefined> {
  const files = await window.showOpenDialog({ title: l10n.t('Choose the only file that the link accepts') });
  return files?.[0] && sourceOf(files[0]);
}
