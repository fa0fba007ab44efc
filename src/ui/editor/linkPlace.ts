import { workspace, type Range, type Uri } from 'vscode';
import { findLinkAt, looksPresigned } from '../../core/links/parse/findLink.js';

/** Where a link is in a document. */
export interface DocumentPlace {
  readonly uri: Uri;
  readonly range: Range;
}

/** The same as a command argument, which a hover contains in place of the link. */
interface PlaceArgument {
  readonly document: string;
  readonly line: number;
  readonly character: number;
}

export function placeArgument({ uri, range }: DocumentPlace): PlaceArgument {
  return { document: uri.toString(), line: range.start.line, character: range.start.character };
}

export function isPlaceArgument(value: unknown): value is PlaceArgument {
  if (typeof value !== 'object' || value === null) return false;
  const { document, line, character } = value as Partial<Record<keyof PlaceArgument, unknown>>;
  return typeof document === 'string' && Number.isInteger(line) && Number.isInteger(character);
}

/** The link at that place; undefined if it is gone. */
export function linkAt({ document: uri, line, character }: PlaceArgument): string | undefined {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri);
  if (document === undefined || line < 0 || line >= document.lineCount) return undefined;
  const found = findLinkAt(document.lineAt(line).text, character);
  return found !== undefined && looksPresigned(found.text) ? found.text : undefined;
}
