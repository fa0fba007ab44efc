import { l10n, window } from 'vscode';
import { parentPrefix } from '../../core/storage/keys.js';
import type { App } from '../app.js';
import { copyAs } from '../links/copyAs.js';
import { copiedSentence, copyNewLink } from '../links/deliverLink.js';
import { pickUploadSource, type UploadSource } from '../transfer/uploadSource.js';
import { bucketStep, emptyDraft, expiryStep, keyStep } from '../links/linkSteps.js';
import { runSteps } from '../prompts/steps.js';
import { fileOf } from '../rows.js';
import { retryableStep } from '../messages/stepFailure.js';
import { uploadTo } from '../transfer/upload.js';

/** Copies a PUT link for a local file, then offers to send the file. */
export async function presignUpload(app: App, args: readonly unknown[]): Promise<void> {
  const source = await pickUploadSource(fileOf(args));
  if (source === undefined) return;
  await app.session.prepare();
  const draft = await runSteps({
    title: l10n.t('Presign Upload of {0}', source.name),
    initial: emptyDraft(app, 'put'),
    steps: [bucketStep(app, { recent: true, fileName: source.name }), keyStep(app), expiryStep(app)],
  });
  if (draft === undefined) return;
  await retryableStep(async () => {
    const copied = await copyNewLink(app, draft);
    const { sourceId } = copied;
    await app.memory.addDestination(sourceId, { bucket: draft.bucket, prefix: parentPrefix(draft.key) });
    const choice = await offer(source, copiedSentence(copied));
    if (choice === 'upload') await app.session.bound(() => uploadTo(app, source, draft), sourceId)();
    if (choice === 'curl') await copyAs('curl', copied.link, { fileName: localPath(source) });
  });
}

async function offer(source: UploadSource, sentence: string): Promise<'upload' | 'curl' | undefined> {
  const upload = l10n.t('Upload {0} Now', source.name);
  const curl = l10n.t('Copy as cURL');
  const choice = await window.showInformationMessage(sentence, upload, curl);
  if (choice === undefined) return undefined;
  return choice === upload ? 'upload' : 'curl';
}

function localPath({ uri, name }: UploadSource): string {
  return uri.scheme === 'file' ? uri.fsPath : name;
}
