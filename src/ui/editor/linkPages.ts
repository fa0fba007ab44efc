import { workspace, type Disposable } from 'vscode';
import { linkPageScheme } from '../ids.js';
import { l10n } from '../messages/door.js';

/** The texts of read-only pages about links, by their paths. They are kept in memory only, and hold nothing that proves. */
export type LinkPages = Map<string, string>;

/** Lets editors show the pages; they also ask for those of an earlier window. */
export function registerLinkPages(pages: LinkPages): Disposable {
  return workspace.registerTextDocumentContentProvider(linkPageScheme, {
    provideTextDocumentContent: ({ path }) =>
      pages.get(path) ?? l10n.t('This page is no longer available. Explain the link again.'),
  });
}
