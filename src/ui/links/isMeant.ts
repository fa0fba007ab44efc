import { linkKind, type LinkKindId } from '../../core/links/kinds.js';
import { formatS3Uri, type Location } from '../../core/storage/location.js';
import { l10n, window } from '../messages/door.js';
import { showMessage } from '../messages/showMessage.js';

/** A link that does harm is made after a yes. */
export async function isMeant(link: Location & { readonly kind: LinkKindId }): Promise<boolean> {
  const { warning } = linkKind(link.kind);
  if (warning === undefined) return true;
  const copy = l10n.t('Copy Link');
  return (
    (await window.showWarningMessage(
      showMessage({ text: warning, args: [formatS3Uri({ bucket: link.bucket, key: link.key })] }),
      { modal: true },
      copy,
    )) === copy
  );
}
