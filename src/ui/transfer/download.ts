import { env, Uri, workspace } from 'vscode';
import { lstat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { formatBytes } from '../../core/text/formatEntry.js';
import { downloadFolder } from '../../core/transfer/link/downloadFolder.js';
import {
  readThroughLink,
  saveThroughLink,
  ContentTooLargeError,
  type DownloadLink,
  type DownloadOptions,
  type DownloadInfo,
} from '../../core/transfer/link/downloadThroughLink.js';
import { UnpackError } from '../../core/transfer/link/contentEncoding.js';
import type { AsSent } from '../../core/transfer/link/downloadBody.js';
import type { ObjectPart } from '../../core/transfer/link/wholeObject.js';
import type { UnpackAnswer, UnpackedSizes } from '../../core/transfer/link/unpackGuard.js';
import type { LinkApp } from '../app.js';
import { exists, openFile, writeVirtualFile } from './localFiles.js';
import { commandIds } from '../ids.js';
import { showMessage } from '../messages/showMessage.js';
import { linkOptions } from './linkOptions.js';
import { openUntitledText } from './openUntitledText.js';
import { withTransferProgress, type TransferOptions } from './progress.js';
import { l10n, window } from '../messages/safeVscode.js';
import { joinText, type SafeText } from '../messages/safeText.js';
import { completeStep } from '../walkthrough.js';

export interface Download {
  readonly app: LinkApp;
  readonly link: DownloadLink;
  readonly info: DownloadInfo;
}

const megabyte = 1024 ** 2;
/** Editors become slow above the first, and accept no text from an extension above the second. */
const askTextBytes = 5 * megabyte;
const maxTextBytes = 50 * megabyte;
/** Files that are not on the disk are held in memory. */
const maxVirtualBytes = 200 * megabyte;

/** Shows the object as unsaved text; offers to save it as a file if it is not text or too large. */
export async function openInEditor(download: Download): Promise<void> {
  const { fileName, sizeBytes = 0 } = download.info;
  if (sizeBytes > maxTextBytes) {
    await offerFile(download, l10n.t('{0} is too large for an editor.', fileName));
    return;
  }
  if (sizeBytes > askTextBytes && !(await confirmLarge(download.info))) return;
  const bytes = await transfer(download, (options) => readThroughLink(download.link, maxTextBytes, options));
  if (!isText(bytes)) {
    await offerFile(download, l10n.t('{0} is not a text file.', fileName));
    return;
  }
  const content = await workspace.decode(bytes);
  const document = await openUntitledText({ content, language: languageOf(fileName) });
  await window.showTextDocument(document, { preview: false });
  completeStep('useReceivedLink');
}

/** Text with the byte order mark of UTF-16 contains zeros, and is decoded by that mark. */
function isText(bytes: Buffer): boolean {
  const isUtf16 = /^(?:fffe|feff)/.test(bytes.toString('hex', 0, 2));
  return isUtf16 || !bytes.subarray(0, 8192).includes(0);
}

async function confirmLarge({ fileName, sizeBytes = 0 }: DownloadInfo): Promise<boolean> {
  const open = l10n.t('Open');
  const size = formatBytes(sizeBytes, env.language);
  const question = l10n.t('{0} is {1}. Open it in an editor?', fileName, size);
  return (await window.showWarningMessage(question, { modal: true }, open)) === open;
}

async function offerFile(download: Download, reason: SafeText): Promise<void> {
  const save = l10n.t('Save to File...');
  if ((await window.showWarningMessage(reason, { modal: true }, save)) === save) await saveToFile(download);
}

const languages: ReadonlyMap<string, string> = new Map(
  Object.entries({
    css: 'css',
    html: 'html',
    js: 'javascript',
    json: 'json',
    md: 'markdown',
    py: 'python',
    sh: 'shellscript',
    sql: 'sql',
    ts: 'typescript',
    xml: 'xml',
    yaml: 'yaml',
    yml: 'yaml',
  }),
);

function languageOf(fileName: string): string {
  return languages.get(/\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '') ?? 'plaintext';
}

/** Saves the object where the user chooses; the dialog asks before replacing a file. */
export async function saveToFile(download: Download): Promise<void> {
  const { fileName } = download.info;
  const title = l10n.t('Save {0}', fileName);
  const uri = await window.showSaveDialog({
    title,
    defaultUri: Uri.joinPath(await defaultFolder(), fileName),
  });
  if (uri === undefined) return;
  const save = (asSent?: 'chosen') =>
    uri.scheme === 'file'
      ? saveToDisk(download, { path: uri.fsPath, asSent })
      : saveToVirtualFile(download, { uri, asSent });
  const saved = await withAsSentFallback(save);
  if (saved === undefined) return;
  completeStep('useReceivedLink');
  download.app.log.info(`downloaded ${saved.sizeBytes} bytes through a received link`);
  void offerToOpen(download, { ...saved, uri: saved.uri ?? uri });
}

interface Saved {
  /** Set if another file has appeared at the chosen address. */
  readonly uri?: Uri;
  readonly sizeBytes: number;
  /** Set if it has an encoding but was not unpacked. */
  readonly asSent: AsSent | undefined;
}

/** Offers to save as sent what cannot be unpacked. */
async function withAsSentFallback(save: (asSent?: 'chosen') => Promise<Saved>): Promise<Saved | undefined> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    const again = saveAsSentTitle();
    const answer = await window.showErrorMessage(showMessage(error.userMessage), { modal: true }, again);
    return answer === again ? await save('chosen') : undefined;
  }
}

function saveAsSentTitle(): SafeText {
  return l10n.t('Save Without Decompressing');
}

/** Asks whether to continue with content that fills the disk from a few bytes. */
async function confirmUnpacking(
  { fileName }: DownloadInfo,
  { receivedBytes, unpackedBytes }: UnpackedSizes,
): Promise<UnpackAnswer> {
  const proceed = l10n.t('Continue');
  const asSent = saveAsSentTitle();
  const [received, unpacked] = [receivedBytes, unpackedBytes].map((size) => formatBytes(size, env.language));
  const question = l10n.t(
    '{0}: {1} received so far have decompressed to {2}. Continue?',
    fileName,
    received ?? '',
    unpacked ?? '',
  );
  const answer = await window.showWarningMessage(question, { modal: true }, proceed, asSent);
  if (answer === undefined) return 'stop';
  return answer === proceed ? 'continue' : 'saveAsSent';
}

/** Asks whether to continue with a body of unknown size. */
async function confirmUnannounced(
  { fileName }: DownloadInfo,
  receivedBytes: number,
): Promise<'continue' | 'stop'> {
  const proceed = l10n.t('Continue');
  const question = l10n.t(
    '{0}: {1} received so far, and the server does not report the total size. Continue?',
    fileName,
    formatBytes(receivedBytes, env.language),
  );
  const answer = await window.showWarningMessage(question, { modal: true }, proceed);
  return answer === proceed ? 'continue' : 'stop';
}

async function defaultFolder(): Promise<Uri> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder?.scheme === 'file' ? folder : Uri.file(await downloadFolder(homedir()));
}

type SaveAsked<Place> = Place & { readonly asSent: 'chosen' | undefined };

async function saveToDisk(
  download: Download,
  { path, asSent: wanted }: SaveAsked<{ readonly path: string }>,
): Promise<Saved> {
  // The dialog has asked about a file that exists here; one that appears later is not overwritten.
  const overwrite = await lstat(path).then(
    () => true,
    () => false,
  );
  let asSent: AsSent | undefined;
  const { sizeBytes } = await transfer(download, (options) =>
    saveThroughLink(
      download.link,
      { path, overwrite, onLeftover: warnLeftover },
      {
        ...options,
        asSent: wanted,
        onAsSent: (sent) => (asSent = sent),
        onFarLarger: (sizes) => confirmUnpacking(download.info, sizes),
        onUnannounced: (receivedBytes) => confirmUnannounced(download.info, receivedBytes),
      },
    ),
  );
  return { sizeBytes, asSent };
}

function warnLeftover(path: string): void {
  void window.showWarningMessage(l10n.t('{0} could not be removed. Delete it yourself.', path));
}

async function saveToVirtualFile(
  download: Download,
  { uri, asSent: wanted }: SaveAsked<{ readonly uri: Uri }>,
): Promise<Saved> {
  if ((download.info.sizeBytes ?? 0) > maxVirtualBytes) throw new ContentTooLargeError();
  const file = { uri, overwrite: (await exists(uri)) === true };
  let asSent: AsSent | undefined;
  const bytes = await transfer(download, (options) =>
    readThroughLink(download.link, maxVirtualBytes, {
      ...options,
      asSent: wanted,
      onAsSent: (sent) => (asSent = sent),
    }),
  );
  return { uri: await writeVirtualFile(file, bytes), sizeBytes: bytes.byteLength, asSent };
}

function transfer<Result>(
  { app, info }: Download,
  receive: (options: DownloadOptions) => Promise<Result>,
): Thenable<Result> {
  const title = l10n.t('Downloading {0}', info.fileName);
  return withTransferProgress({ title, totalBytes: info.sizeBytes }, async (options: TransferOptions) =>
    receive({ ...(await linkOptions(app)), ...options, expectedBytes: info.sizeBytes }),
  );
}

async function offerToOpen({ app, info }: Download, saved: Saved & { readonly uri: Uri }): Promise<void> {
  const open = l10n.t('Open');
  const { part } = info;
  const sentences = [savedSentence(saved.uri, saved), ...(part === undefined ? [] : [partSentence(part)])];
  if ((await window.showInformationMessage(joinText(sentences, ' '), open)) === open)
    await openFile(app, { uri: saved.uri, id: commandIds.downloadFromLink });
}

function partSentence({ firstByte, lastByte, wholeBytes }: ObjectPart): SafeText {
  return wholeBytes === undefined
    ? l10n.t('The link returns only bytes {0} to {1}.', firstByte, lastByte)
    : l10n.t('The link returns only bytes {0} to {1} of {2}.', firstByte, lastByte, wholeBytes);
}

/** Which bytes of the object a link downloads. */
export function describePart({ firstByte, lastByte, wholeBytes }: ObjectPart): SafeText {
  return wholeBytes === undefined
    ? l10n.t('bytes {0}\u2013{1} of the object', firstByte, lastByte)
    : l10n.t('bytes {0}\u2013{1} of {2}', firstByte, lastByte, wholeBytes);
}

function savedSentence(uri: Uri, { sizeBytes, asSent }: Saved): SafeText {
  const path = uri.scheme === 'file' ? uri.fsPath : uri.path;
  const size = formatBytes(sizeBytes, env.language);
  if (asSent === undefined) return l10n.t('Saved to {0} ({1}).', path, size);
  const { encoding } = asSent;
  switch (asSent.reason) {
    case 'unknown':
      return l10n.t(
        'Saved to {0} ({1}) as sent: Signpost does not support the encoding {2}.',
        path,
        size,
        encoding,
      );
    case 'failed':
      return l10n.t(
        'Saved to {0} ({1}) as sent: it is not {2}, although its Content-Encoding says so.',
        path,
        size,
        encoding,
      );
    case 'chosen':
      return l10n.t('Saved to {0} ({1}) as sent, compressed ({2}).', path, size, encoding);
  }
}
