import { DocumentDropOrPasteEditKind, type Disposable } from 'vscode';
import { draggedRows } from '../ids.js';
import { DocumentDropEdit, l10n, languages } from '../messages/safeVscode.js';
import type { Drop } from './insertDroppedLinks.js';

/**
 * Handles rows that are dropped into a text editor. `linksFor` asks the user while VS Code waits for the
 * edit: VS Code focuses the editor once it has an edit. Without links the edit is empty, because otherwise VS
 * Code would ask the next provider.
 */
export function registerRowDrops(linksFor: (drop: Drop) => Promise<string | undefined>): Disposable {
  const kind = DocumentDropOrPasteEditKind.Empty.append('signpost', 'link');
  return languages.registerDocumentDropEditProvider(
    // A pattern ranks as high as a language, which puts providers that insert the icon addresses of rows
    // after this one.
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
