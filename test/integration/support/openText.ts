import { commands, Selection, window, type TextDocument } from 'vscode';
import { openUntitledText } from '../../../src/ui/transfer/openUntitledText.js';

/** Opens a text that was never saved, with the cursor at the beginning of a word or with a part selected. */
export async function openText(
  content: string,
  { language = 'plaintext', at, select }: { language?: string; at?: string; select?: string } = {},
): Promise<TextDocument> {
  const document = await openUntitledText({ content, language });
  const editor = await window.showTextDocument(document);
  const start = document.positionAt(content.indexOf(select ?? at ?? ''));
  const end = select === undefined ? start : document.positionAt(content.indexOf(select) + select.length);
  editor.selection = new Selection(start, end);
  return document;
}

/** Closes every editor without a prompt; VS Code keeps nothing of an unsaved text for the next start. */
export async function dropTexts(): Promise<void> {
  while (window.activeTextEditor !== undefined)
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await commands.executeCommand('workbench.action.closeAllEditors');
}
