import { EndOfLine, Range, TextEdit, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { MessageError } from '../../core/failures/message.js';

class TextRefusedError extends MessageError {
  override readonly name = 'TextRefusedError';
  constructor() {
    super({ text: 'VS Code did not accept the text.' });
  }
}

interface UntitledText {
  readonly content: string;
  readonly language?: string;
  readonly encoding?: string;
}

/**
 * Opens an untitled document with this content. VS Code reuses the name of a closed one. If it is still writing
 * the backup of that one, it does not delete it (`WorkingCopyBackupTracker.scheduleBackup`), and opens the
 * document with the text of the closed one. The content then replaces that text; Undo would show it.
 * @throws TextRefusedError
 */
export async function openUntitledText(text: UntitledText): Promise<TextDocument> {
  const document = await workspace.openTextDocument(text);
  if (linesOf(document.getText()) !== linesOf(text.content)) await replaceText(document, text.content);
  return document;
}

/** VS Code gives all lines of a text the same ending. */
function linesOf(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

async function replaceText({ uri, lineCount }: TextDocument, content: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.set(uri, [
    TextEdit.replace(new Range(0, 0, lineCount, 0), content),
    TextEdit.setEndOfLine(endingOf(content)),
  ]);
  if (!(await workspace.applyEdit(edit))) throw new TextRefusedError();
}

/** The ending that VS Code gives to all lines of a text: that of most (`PieceTreeTextBufferFactory._getEOL`). */
function endingOf(content: string): EndOfLine {
  const endings = content.match(/\r\n?|\n/g) ?? [];
  const withReturn = endings.filter((ending) => ending !== '\n');
  return withReturn.length > endings.length / 2 ? EndOfLine.CRLF : EndOfLine.LF;
}
