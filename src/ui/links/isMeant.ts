import { l10n, window } from 'vscode';
import { linkKind, type LinkKindId } from '../../core/links/kinds.js';
import type { Location } from '../../core/storage/location.js';
import { shownUri } from './deliverLink.js';

/** A link that does harm is made after a yes. */
export async function isMeant(link: Location & { readonly kind: LinkKindId }): Promise<boolean> {
  const { warning } = linkKind(link.kind);
  if (warning === undefined) return true;
  const copy = l10n.t('Copy Link');
  return (await window.showWarningMessage(l10n.t(warning, shownUri(link)), { modal: true }, copy)) === copy;
}
