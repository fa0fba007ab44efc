import { DocumentDropOrPasteEditKind, type Disposable } from 'vscode';
import { draggedRows } from '../ids.js';
import { DocumentDropEdit, l10n, languages } from '../messages/door.js';
import type { Drop } from './insertDroppedLinks.js';

/**
 * Takes rows that are dropped into a text editor. `linksFor` asks while VS Code waits for the edit: it gives the
 * focus to the editor when it has one. Where nothing came of it the edit is empty, or the next provider would have its turn.
 */
export function takeDroppedRows(linksFor: (drop: Drop) => Promise<string | undefined>): Disposable {
  const kind = DocumentDropOrPasteEditKind.Empty.append('signpost', 'link');
  return languages.registerDocumentDropEditProvider(
    // A pattern weighs as much as a language: those who insert the addresses of icons, which rows have, come after.
    { pattern: '**' },
    {
      async provideDocumentDropEdits(document, position, transfer) {
        const text = await transfer.get(draggedRows)?.asString();
        if (text === undefined || text === '') return undefined;
        const links = await linksFor({ document, position, text });
        return new DocumentDropEdit(links ?? '', l10n.t('Insert S3 Links'), kind);
      },
    },
    { dropMimeTypes: [draggedRows], providedDropEditKinds: [kind] },
  );
}
