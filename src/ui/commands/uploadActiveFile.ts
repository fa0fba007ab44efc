import type { SigningApp, UploadApp } from '../app.js';
import { prepare } from '../connection/prepare.js';
import { pickUploadSource } from '../transfer/uploadSource.js';
import { bucketStep, emptyDraft, keyStep } from '../links/linkSteps.js';
import { runSteps } from '../prompts/steps.js';
import { fileOf } from '../rows/rows.js';
import { uploadTo } from '../transfer/upload.js';
import { l10n } from '../messages/safeVscode.js';

/** Sends what is open in the editor, or a chosen file, through a PUT link made for it. */
export async function uploadActiveFile(app: SigningApp & UploadApp, args: readonly unknown[]): Promise<void> {
  const source = await pickUploadSource(fileOf(args));
  if (source === undefined) return;
  await prepare(app.session);
  const draft = await runSteps({
    title: l10n.t('Upload {0} Through Presigned URL', source.name),
    initial: emptyDraft(app, 'put'),
    steps: [bucketStep(app, { recent: true, fileName: source.name }), keyStep(app)],
  });
  if (draft !== undefined) await uploadTo(app, source, draft);
}
