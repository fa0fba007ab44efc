import { env, window } from 'vscode';
import { findLinkAt, looksPresigned } from '../../core/links/explain/findLink.js';
import type { ParsedLink } from '../../core/links/explain/parsedLink.js';
import { parseLinkIn } from '../../core/links/explain/parseLink.js';
import { MessageError } from '../../core/message.js';
import { takeLink } from '../prompts/receivedLink.js';
import { isPlaceArgument, linkAt } from './linkPlace.js';

class LinkGoneError extends MessageError {
  override readonly name = 'LinkGoneError';
  constructor() {
    super({ text: 'The link is no longer where it was. Point at it again.' });
  }
}

/** Longer selections and clipboards are no link; forms have some thousand characters. */
const maxTextLength = 200_000;

/**
 * The link that a command is about: the one in its argument's place, else the one that is selected or that the cursor is
 * in, else the one on the clipboard, else what the person enters. Of a text that is no link nothing is shown.
 * `undefined` means Esc.
 */
export async function pickLink(title: string, [given]: readonly unknown[]): Promise<ParsedLink | undefined> {
  if (isPlaceArgument(given)) {
    const link = readLink(linkAt(given));
    if (link === undefined) throw new LinkGoneError();
    return link;
  }
  return readLink(editorText()) ?? readLink(await env.clipboard.readText()) ?? takeLink(title);
}

function readLink(text: string | undefined): ParsedLink | undefined {
  if (text === undefined || text === '' || text.length > maxTextLength) return undefined;
  const link = parseLinkIn(text);
  return 'problem' in link ? undefined : link;
}

/** What is selected in the active editor, else the link that the cursor is in. */
function editorText(): string | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  if (!selection.isEmpty) {
    const length = document.offsetAt(selection.end) - document.offsetAt(selection.start);
    return length > maxTextLength ? undefined : document.getText(selection);
  }
  const found = findLinkAt(document.lineAt(selection.active.line).text, selection.active.character);
  return found !== undefined && looksPresigned(found.text) ? found.text : undefined;
}
