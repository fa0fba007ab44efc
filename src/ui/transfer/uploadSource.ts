import {
  TabInputCustom,
  TabInputNotebook,
  TabInputText,
  TabInputTextDiff,
  workspace,
  type TextDocument,
  type Uri,
} from 'vscode';
import { posix } from 'node:path';
import { MessageError } from '../../core/failures/message.js';
import { assertFitsPut, type UploadContent } from '../../core/transfer/link/uploadBody.js';
import { l10n, window } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

/** What to upload, before it is decided whether to use the disk's or the editor's content. */
export interface UploadSource {
  /** Without folders. */
  readonly name: string;
  readonly uri: Uri;
}

/** Files that are not on the disk are held in memory while they are sent. */
const maxVirtualBytes = 200 * 1024 ** 2;

class VirtualFileTooLargeError extends MessageError {
  override readonly name = 'VirtualFileTooLargeError';
  constructor() {
    super({
      text: 'This file is not on disk and is larger than 200 MB, the most that Signpost keeps in memory. Save it to disk first.',
    });
  }
}

/**
 * What the user is looking at, else a file that the user chooses. `undefined` means Esc.
 * @throws TooLargeError, VirtualFileTooLargeError before anything else is asked
 */
export async function pickUploadSource(given: Uri | undefined): Promise<UploadSource | undefined> {
  const uri = given ?? activeUri() ?? (await askFile());
  return uri === undefined ? undefined : sourceOf(uri);
}

/** A file that the user chooses, whatever is open. `undefined` means Esc. */
export async function pickUploadFile(): Promise<UploadSource | undefined> {
  const uri = await askFile();
  return uri === undefined ? undefined : sourceOf(uri);
}

/** @throws TooLargeError, VirtualFileTooLargeError; what the file system throws if there is no file */
export async function sourceOf(uri: Uri): Promise<UploadSource> {
  if (documentWithoutFile(uri) === undefined) await measure(uri);
  return { uri, name: posix.basename(uri.path) };
}

/** What the user is looking at. */
export function activeUri(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook) {
    return input.uri;
  }
  if (input instanceof TabInputTextDiff) return input.modified;
  const editor = window.activeTextEditor?.document.uri;
  // The output panel counts as a text editor, but shows no file.
  return editor?.scheme === 'output' ? undefined : editor;
}

async function askFile(): Promise<Uri | undefined> {
  const files = await window.showOpenDialog({ title: l10n.t('Upload File'), openLabel: l10n.t('Upload') });
  return files?.[0];
}

/**
 * Decides whether to use the disk's or the editor's content; asks about a dirty editor. Returns a function
 * that reads the bytes when they are sent: unsaved text in the encoding and with the line endings that saving
 * would use. `undefined` means Esc.
 */
export async function chooseBytes(
  { uri, name }: UploadSource,
  words: ChoiceWords = uploadWords(),
): Promise<(() => Promise<UploadContent>) | undefined> {
  const textAlone = documentWithoutFile(uri);
  if (textAlone !== undefined) return () => encodeText(textAlone);
  const document = openDocument(uri);
  if (document?.isDirty !== true && !isDirtyTab(uri)) return () => readFile(uri);
  const choice = await askAboutChanges(name, { words, hasText: document !== undefined });
  if (choice === undefined) return undefined;
  if (choice === 'text' && document !== undefined) return () => encodeText(document);
  // A document without a file is saved under another name.
  const saved = await workspace.save(uri);
  return saved === undefined ? undefined : () => readFile(saved);
}

function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
}

/** The open document if it has text but no file: never saved, or provided read-only by an extension. */
function documentWithoutFile(uri: Uri): TextDocument | undefined {
  const hasFiles = workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return hasFiles ? undefined : openDocument(uri);
}

/** Notebooks and custom editors are not text documents. */
function isDirtyTab(uri: Uri): boolean {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input, isDirty }) => {
      const holdsBytes = input instanceof TabInputCustom || input instanceof TabInputNotebook;
      return isDirty && holdsBytes && input.uri.toString() === uri.toString();
    });
}

/** Button labels of the question about unsaved changes. */
export interface ChoiceWords {
  readonly save: SafeText;
  readonly text: SafeText;
}

function uploadWords(): ChoiceWords {
  return { save: l10n.t('Save and Upload'), text: l10n.t('Upload with Unsaved Changes') };
}

async function askAboutChanges(
  name: string,
  { words: { save, text }, hasText }: { readonly words: ChoiceWords; readonly hasText: boolean },
): Promise<'save' | 'text' | undefined> {
  const question = l10n.t('{0} has unsaved changes.', name);
  const choice = await window.showWarningMessage(
    question,
    { modal: true },
    ...(hasText ? [save, text] : [save]),
  );
  if (choice === undefined) return undefined;
  return choice === save ? 'save' : 'text';
}

async function encodeText(document: TextDocument): Promise<UploadContent> {
  const bytes = await workspace.encode(document.getText(), { encoding: document.encoding });
  assertFitsPut(bytes.byteLength);
  return { kind: 'bytes', bytes };
}

async function readFile(uri: Uri): Promise<UploadContent> {
  const sizeBytes = await measure(uri);
  if (uri.scheme === 'file') return { kind: 'file', path: uri.fsPath, sizeBytes };
  return { kind: 'bytes', bytes: await workspace.fs.readFile(uri) };
}

async function measure(uri: Uri): Promise<number> {
  const { size } = await workspace.fs.stat(uri);
  assertFitsPut(size);
  if (uri.scheme !== 'file' && size > maxVirtualBytes) throw new VirtualFileTooLargeError();
  return size;
}
