import { env, l10n, window } from 'vscode';
import { formatBytes } from '../../core/formatEntry.js';
import { completeUpload, planUpload, type UploadPlan } from '../../core/transfer/receivedUpload.js';
import { bodySizeBytes, type UploadContent } from '../../core/transfer/uploadBody.js';
import { uploadThroughLink } from '../../core/transfer/uploadThroughLink.js';
import type { App } from '../app.js';
import { shownUri } from '../links/deliverLink.js';
import { chooseBytes, pickUploadSource } from '../transfer/uploadSource.js';
import { inMessage } from '../messages/foreignText.js';
import { withTransferProgress } from '../transfer/progress.js';
import { allowLink } from '../prompts/clearText.js';
import { takeLink } from '../prompts/receivedLink.js';
import { askValues, confirmUpload } from '../transfer/receivedUpload.js';
import { fileOf } from '../rows.js';
import { timeLimits } from '../settings.js';
import { retryableStep } from '../messages/stepFailure.js';

/** Sends what is open in the editor, or a chosen file, through a link or a form that somebody handed over. */
export async function uploadToLink(app: App, args: readonly unknown[]): Promise<void> {
  const source = await pickUploadSource(fileOf(args));
  if (source === undefined) return;
  const title = l10n.t('Upload {0} to Presigned URL', source.name);
  const link = await takeLink(title);
  if (link === undefined) return;
  const plan = planUpload(link, { now: new Date(), fileName: source.name });
  const values = await askValues(plan, title);
  if (values === undefined) return;
  await retryableStep(async () => {
    const read = await chooseBytes(source);
    if (read === undefined) return;
    await allowLink(app.memory, link);
    const content = await read();
    if (!(await confirmUpload(plan, { values, sizeBytes: bodySizeBytes(content) }))) return;
    await send(app, plan, { values, content });
  });
}

interface Sending {
  readonly values: Readonly<Record<string, string>>;
  readonly content: UploadContent;
}

async function send(app: App, plan: UploadPlan, { values, content }: Sending): Promise<void> {
  const title = l10n.t('Uploading {0}', inMessage(plan.fileName));
  const sizeBytes = bodySizeBytes(content);
  await withTransferProgress({ title, totalBytes: sizeBytes }, async (options) => {
    const { link, body } = await completeUpload(plan, { values, content, signal: options.signal });
    await uploadThroughLink(link, body, {
      ...options,
      timeLimits: timeLimits(),
      userAgent: `signpost/${app.version}`,
    });
  });
  app.log.info(`uploaded ${sizeBytes} bytes through a link of somebody else`);
  const { bucket } = plan.link;
  const size = formatBytes(sizeBytes, env.language);
  const sentence = l10n.t('Uploaded to {0} ({1}).', shownUri({ bucket, key: plan.key }), size);
  void window.showInformationMessage(sentence);
}
