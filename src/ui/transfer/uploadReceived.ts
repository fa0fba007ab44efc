import type { ParsedLink } from '../../core/links/parse/parsedLink.js';
import { completeUpload, planUpload, type UploadPlan } from '../../core/transfer/link/receivedUpload.js';
import { bodySizeBytes, type UploadContent } from '../../core/transfer/link/uploadBody.js';
import { uploadThroughLink } from '../../core/transfer/link/uploadThroughLink.js';
import type { LinkApp } from '../app.js';
import { retryableStep } from '../messages/stepFailure.js';
import { allowLink } from '../connection/clearText.js';
import { linkOptions } from './linkOptions.js';
import { withTransferProgress } from './progress.js';
import { askValues, confirmUpload } from './uploadQuestions.js';
import { uploadedSentence } from './uploadedSentence.js';
import { chooseBytes, type UploadSource } from './uploadSource.js';
import { l10n, window } from '../messages/safeVscode.js';
import { completeStep } from '../walkthrough.js';

interface ReceivedUpload {
  readonly source: UploadSource;
  readonly link: ParsedLink;
}

/** Asks for what the link leaves open, shows where the file goes, and sends it after a confirmation. */
export async function uploadReceived(app: LinkApp, { source, link }: ReceivedUpload): Promise<void> {
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

async function send(app: LinkApp, plan: UploadPlan, { values, content }: Sending): Promise<void> {
  const title = l10n.t('Uploading {0}', plan.fileName);
  const sizeBytes = bodySizeBytes(content);
  const { isConfirmed } = await withTransferProgress({ title, totalBytes: sizeBytes }, async (options) => {
    const { link, body } = await completeUpload(plan, { values, content, signal: options.signal });
    return uploadThroughLink(link, body, {
      ...(await linkOptions(app)),
      ...options,
    });
  });
  app.log.info(`uploaded ${sizeBytes} bytes through a received link`);
  if (isConfirmed) completeStep('useReceivedLink');
  const location = { bucket: plan.link.bucket, key: plan.key };
  void window.showInformationMessage(uploadedSentence(location, { sizeBytes, isConfirmed }));
}
