import type { Disposable, Position, TextDocument } from 'vscode';
import { linkPageScheme } from '../ids.js';
import type { Session } from '../connection/session.js';
import { showsLinkHover } from '../settings.js';
import type { describeLinkAt } from './describeLink.js';
import { languages } from '../messages/safeVscode.js';
import type { SafeHover } from '../messages/hover.js';

/** Loaded when the user first points at a presigned URL. */
interface HoverParts {
  readonly describeLinkAt: typeof describeLinkAt;
}

interface HoverOptions {
  readonly session: Session;
  readonly load: () => Promise<HoverParts>;
}

/** Describes presigned URLs in every editor. */
export function registerLinkHover(options: HoverOptions): Disposable {
  return languages.registerHoverProvider('*', {
    provideHover: (document, position) => hoverAt(options, document, position),
  });
}

/** Longer than any link. */
const nearbyLength = 8192;

/** Looks for a signature near the pointer, within its line, before loading anything. */
async function hoverAt(
  { session, load }: HoverOptions,
  document: TextDocument,
  position: Position,
): Promise<SafeHover | undefined> {
  const { line, character } = position;
  if (document.uri.scheme === linkPageScheme || !showsLinkHover()) return undefined;
  const { text } = document.lineAt(line);
  const nearby = text.slice(Math.max(0, character - nearbyLength), character + nearbyLength);
  if (!/signature=/i.test(nearby)) return undefined;
  const { describeLinkAt } = await load();
  return describeLinkAt(document, {
    position,
    endpoint: session.opened?.settings.endpoint,
  });
}
