import { parentPrefix } from '../../core/storage/keys.js';
import type { SigningApp, UploadApp } from '../app.js';
import { prepare } from '../connection/prepare.js';
import { copyInFormat } from '../links/copyAs.js';
import { copiedSentence, copyNewLink, type CopiedLink } from '../links/deliverLink.js';
import { pickUploadSource, type UploadSource } from '../transfer/uploadSource.js';
import { bucketStep, emptyDraft, expiryStep, keyStep } from '../links/linkSteps.js';
import { runSteps } from '../prompts/steps.js';
import { fileOf } from '../rows/rows.js';
import { run } from '../run.js';
import { commandIds } from '../ids.js';
import { retryableStep } from '../messages/stepFailure.js';
import { uploadTo } from '../transfer/upload.js';
import { l10n, window } from '../messages/safeVscode.js';

/** Copies a PUT link for a local file, then offers to send the file. */
export async function presignUpload(app: SigningApp & UploadApp, args: readonly unknown[]): Promise<void> {
  const source = await pickUploadSource(fileOf(args));
  if (source === undefined) return;
  await prepare(app.session);
  const draft = await runSteps({
    title: l10n.t('Presign Upload of {0}', source.name),
    initial: emptyDraft(app, 'put'),
    steps: [bucketStep(app, { recent: true, fileName: source.name }), keyStep(app), expiryStep(app)],
  });
  if (draft === undefined) return;
  await retryableStep(async () => {
    const copied = await copyNewLink(app, draft);
    const { bucket, key } = draft;
    await app.memory.addDestination(copied.sourceId, { bucket, prefix: parentPrefix(key) });
    void offer(app, { source, copied });
  });
}

/** Outlives the step that made the link: a failure here must not make and copy the link again. */
async function offer(
  app: UploadApp,
  {
    source,
    copied: { link, sourceId },
    copied,
  }: { readonly source: UploadSource; readonly copied: CopiedLink },
): Promise<void> {
  const upload = l10n.t('Upload {0} Now', source.name);
  const curl = l10n.t('Copy as cURL');
  const choice = await window.showInformationMessage(copiedSentence(copied), upload, curl);
  if (choice === undefined) return;
  const body =
    choice === upload
      ? app.session.bindToSource(() => uploadTo(app, source, link), sourceId)
      : () => copyInFormat('curl', link, { fileName: localPath(source) });
  await run(app, { id: commandIds.presignUpload, body });
}

function localPath({ uri, name }: UploadSource): string {
  return uri.scheme === 'file' ? uri.fsPath : name;
}
