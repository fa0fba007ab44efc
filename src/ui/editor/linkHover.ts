import type { Disposable, Position, TextDocument } from 'vscode';
import { linkPageScheme } from '../ids.js';
import type { Session } from '../connection/session.js';
import { showsLinkHover } from '../settings.js';
import { languages } from '../messages/door.js';
import type { ShownHover } from '../messages/hover.js';

/** Tells what a presigned URL is, in every editor. */
export function registerLinkHover(session: Session): Disposable {
  return languages.registerHoverProvider('*', {
    provideHover: (document, position) => hoverAt(session, document, position),
  });
}

/** More than any link has. */
const nearbyLength = 8192;

/** Looks for a signature around the pointer, in no more than its line, before anything is loaded. */
async function hoverAt(
  session: Session,
  document: TextDocument,
  position: Position,
): Promise<ShownHover | undefined> {
  const { line, character } = position;
  if (document.uri.scheme === linkPageScheme || !showsLinkHover()) return undefined;
  const { text } = document.lineAt(line);
  const nearby = text.slice(Math.max(0, character - nearbyLength), character + nearbyLength);
  if (!/signature=/i.test(nearby)) return undefined;
  return (await import('../lazy.js')).describeLinkAt(document, {
    position,
    endpoint: session.opened?.settings.endpoint,
  });
}
