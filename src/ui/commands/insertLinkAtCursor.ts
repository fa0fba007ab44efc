import type { TextEditor } from 'vscode';
import { MessageError } from '../../core/failures/message.js';
import type { RowsApp, SigningApp } from '../app.js';
import { askLink } from '../links/askLink.js';
import { signNewLink, warnEarlyExpiry } from '../links/deliverLink.js';
import { writeForLanguage } from '../editor/languageFormats.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/safeVscode.js';

class NoEditorError extends MessageError {
  override readonly name = 'NoEditorError';
  constructor() {
    super({ text: 'No text editor is open. Open one to insert a link.' });
  }
}

class NotEditableError extends MessageError {
  override readonly name = 'NotEditableError';
  constructor() {
    super({ text: 'The link could not be inserted: the editor was closed or is read-only.' });
  }
}

/** Inserts a link at the cursor or over the selection, in the format of the document's language. */
export async function insertLinkAtCursor(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) throw new NoEditorError();
  const draft = await askLink(app, { title: l10n.t('Insert Link at Cursor'), args });
  if (draft === undefined) return;
  await retryableStep(async () => {
    const made = await signNewLink(app, draft);
    await insert(editor, writeForLanguage(editor.document.languageId, made.link));
    warnEarlyExpiry([made]);
  });
}

async function insert(editor: TextEditor, text: string): Promise<void> {
  const change = editor.edit((builder) => {
    for (const selection of editor.selections) builder.replace(selection, text);
  });
  if (!(await change.then(undefined, () => false))) throw new NotEditableError();
}
