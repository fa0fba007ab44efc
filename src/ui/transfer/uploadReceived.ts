import { env } from 'vscode';
import { formatBytes } from '../../core/formatEntry.js';
import type { ParsedLink } from '../../core/links/explain/parsedLink.js';
import { completeUpload, planUpload, type UploadPlan } from '../../core/transfer/receivedUpload.js';
import { bodySizeBytes, type UploadContent } from '../../core/transfer/uploadBody.js';
import { uploadThroughLink } from '../../core/transfer/uploadThroughLink.js';
import type { App } from '../app.js';
import { shownUri } from '../links/deliverLink.js';
import { retryableStep } from '../messages/stepFailure.js';
import { allowLink } from '../prompts/clearText.js';
import { linkOptions } from './linkOptions.js';
import { withTransferProgress } from './progress.js';
import { askValues, confirmUpload } from './receivedUpload.js';
import { chooseBytes, type UploadSource } from './uploadSource.js';
import { l10n, window } from '../messages/door.js';

interface ReceivedUpload {
  readonly source: UploadSource;
  readonly link: ParsedLink;
}

/** Asks what the link leaves open, shows where the file goes, and sends it after a yes. */
export async function uploadReceived(app: App, { source, link }: ReceivedUpload): Promise<void> {
  const title = l10n.t('Upload {0} to Presigned URL', source.name);
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
  const title = l10n.t('Uploading {0}', plan.fileName);
  const sizeBytes = bodySizeBytes(content);
  await withTransferProgress({ title, totalBytes: sizeBytes }, async (options) => {
    const { link, body } = await completeUpload(plan, { values, content, signal: options.signal });
    await uploadThroughLink(link, body, {
      ...(await linkOptions(app)),
      ...options,
    });
  });
  app.log.info(`uploaded ${sizeBytes} bytes through a link of somebody else`);
  const { bucket } = plan.link;
  const size = formatBytes(sizeBytes, env.language);
  const sentence = l10n.t('Uploaded to {0} ({1}).', shownUri({ bucket, key: plan.key }), size);
  void window.showInformationMessage(sentence);
}
