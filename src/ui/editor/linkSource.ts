import { env } from 'vscode';
import { findLinkAt, findLinks, looksPresigned } from '../../core/links/parse/findLink.js';
import type { ParsedLink } from '../../core/links/parse/parsedLink.js';
import { maxTextLength, parseLink, parseLinkIn } from '../../core/links/parse/parseLink.js';
import type { ParseLinkOptions } from '../../core/links/parse/parseUrl.js';
import { MessageError } from '../../core/failures/message.js';
import type { LinkApp } from '../app.js';
import { askForLink } from '../prompts/receivedLink.js';
import { isPlaceArgument, linkAt } from './linkPlace.js';
import { window } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

class LinkMovedError extends MessageError {
  override readonly name = 'LinkMovedError';
  constructor() {
    super({ text: 'The link is no longer there. Hover over it again.' });
  }
}

/** The user pointed at this link, so the error says why it cannot be read. */
class BrokenLinkError extends MessageError {
  override readonly name = 'BrokenLinkError';
}

/**
 * The link that a command is about: the one at the place in its argument, else the one that is selected or
 * contains the cursor, else the one on the clipboard, else the one that the user enters. Never shows text
 * that is not a link. `undefined` means Esc.
 * @throws LinkMovedError; BrokenLinkError if the user pointed at a presigned URL that cannot be read
 */
export async function pickLink(
  app: Pick<LinkApp, 'session'>,
  { title, args: [given] }: { readonly title: SafeText; readonly args: readonly unknown[] },
): Promise<ParsedLink | undefined> {
  const options = { endpoint: app.session.opened?.settings.endpoint };
  if (isPlaceArgument(given)) {
    const link = readAtPlace(linkAt(given), options);
    if (link === undefined) throw new LinkMovedError();
    return link;
  }
  const copied = async () => readLink(await env.clipboard.readText(), options);
  return readAtPlace(editorText(), options) ?? (await copied()) ?? askForLink(app, title);
}

function readLink(text: string | undefined, options: ParseLinkOptions): ParsedLink | undefined {
  if (text === undefined || text === '' || text.length > maxTextLength) return undefined;
  const link = parseLinkIn(text, options);
  return 'problem' in link ? undefined : link;
}

function readAtPlace(text: string | undefined, options: ParseLinkOptions): ParsedLink | undefined {
  const link = readLink(text, options);
  const [found] = link === undefined && text !== undefined ? findLinks(text) : [];
  if (found === undefined) return link;
  const broken = parseLink(found.text, options);
  if ('problem' in broken) throw new BrokenLinkError(broken.problem);
  return broken;
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
