import { workspace, type Disposable } from 'vscode';
import { linkPageScheme } from '../ids.js';
import { l10n } from '../messages/safeVscode.js';

/**
 * The texts of read-only pages about links, by path. They stay in memory and contain no signatures, tokens or
 * policies.
 */
export type LinkPages = Map<string, string>;

/** Lets editors show the pages; editors also ask for pages of an earlier window. */
export function registerLinkPages(pages: LinkPages): Disposable {
  return workspace.registerTextDocumentContentProvider(linkPageScheme, {
    provideTextDocumentContent: ({ path }) =>
      pages.get(path) ?? l10n.t('This page is no longer available. Explain the link again.'),
  });
}
