import { env } from 'vscode';
import { formatBytes } from '../../core/text/formatEntry.js';
import {
  inspectLink,
  type DownloadLink,
  type DownloadInfo,
} from '../../core/transfer/link/downloadThroughLink.js';
import { planDownload } from '../../core/transfer/link/receivedLink.js';
import type { LinkApp } from '../app.js';
import { describePart, openInEditor, saveToFile, type Download } from '../transfer/download.js';
import { linkOptions } from '../transfer/linkOptions.js';
import { withTransferProgress } from '../transfer/progress.js';
import { allowLink } from '../connection/clearText.js';
import { pickItem } from '../prompts/inputs.js';
import { askForLink } from '../prompts/receivedLink.js';
import { back } from '../prompts/steps.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n } from '../messages/safeVscode.js';
import { safeText, type SafeText } from '../messages/safeText.js';

/** Opens what a received link downloads, or saves it to a file. */
export async function downloadFromLink(app: LinkApp): Promise<void> {
  const title = l10n.t('Download from Presigned URL');
  const received = await askForLink(app, title);
  if (received === undefined) return;
  const link = planDownload(received, new Date());
  await allowLink(app.memory, received);
  await retryableStep(async () => {
    const info = await look(app, link);
    const use = await pickUse(title, { info, host: received.host });
    if (use === undefined) return;
    const download: Download = { app, link, info };
    await retryableStep(() => (use === 'open' ? openInEditor(download) : saveToFile(download)));
  });
}

async function look(app: LinkApp, link: DownloadLink): Promise<DownloadInfo> {
  const title = l10n.t('Checking the link');
  return await withTransferProgress({ title, totalBytes: undefined }, async (options) =>
    inspectLink(link, { ...(await linkOptions(app)), ...options }),
  );
}

async function pickUse(
  title: SafeText,
  { info, host }: { readonly info: DownloadInfo; readonly host: string },
): Promise<'open' | 'save' | undefined> {
  const { fileName, sizeBytes, contentType, part } = info;
  const size = sizeBytes === undefined ? undefined : formatBytes(sizeBytes, env.language);
  const facts = [size, part && describePart(part), contentType]
    .filter((fact) => fact !== undefined)
    .join(', ');
  const open = {
    use: 'open',
    label: l10n.t('Open in Editor'),
    detail: l10n.t('As text. Nothing is saved.'),
  } as const;
  const save = { use: 'save', label: l10n.t('Save to File...'), detail: safeText(fileName) } as const;
  const picked = await pickItem<typeof open | typeof save>(
    { title },
    {
      items: [open, save],
      placeholder: l10n.t('{0} from {1} ({2})', fileName, host, facts),
    },
  );
  return picked === undefined || picked === back ? undefined : picked.use;
}
