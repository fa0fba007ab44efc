import { Uri, workspace } from 'vscode';
import { linkPageScheme } from '../ids.js';
import type { LinkPages } from './linkPages.js';
import { languages, window } from '../messages/safeVscode.js';

/** Older pages lose their text. */
const maxPages = 50;

/** Opens a page about a link in an editor, under a title. */
export async function openLinkPage(
  texts: LinkPages,
  { title, text }: { readonly title: string; readonly text: string },
): Promise<void> {
  const [last = '/0'] = [...texts.keys()].slice(-1);
  const number = Number(/^\/(\d+)/.exec(last)?.[1]) + 1;
  const uri = Uri.from({ scheme: linkPageScheme, path: `/${number}/${title.replaceAll('/', ' ')}` });
  texts.set(uri.path, text);
  for (const oldest of [...texts.keys()].slice(0, -maxPages)) texts.delete(oldest);
  const document = await workspace.openTextDocument(uri);
  // The title may end like a program's file name.
  await languages.setTextDocumentLanguage(document, 'plaintext');
  await window.showTextDocument(document, { preview: true });
}
