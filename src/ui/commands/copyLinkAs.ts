import type { LinkFormatId } from '../../core/links/formats/formats.js';
import type { RowsApp, SigningApp } from '../app.js';
import { askLink } from '../links/askLink.js';
import { copyInFormat, pickFormat } from '../links/copyAs.js';
import { copiedSentence, signNewLink } from '../links/deliverLink.js';
import { back } from '../prompts/steps.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/safeVscode.js';

/** Asks for bucket, key, kind, format and expiry, then copies the link in that format. */
export async function copyLinkAs(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  let format: LinkFormatId | undefined;
  const draft = await askLink(app, {
    title: l10n.t('Copy Link As'),
    args,
    steps: [
      async (known, place) => {
        const picked = await pickFormat(place, { kind: known.kind, active: format });
        if (picked === undefined || picked === back) return picked;
        format = picked;
        return known;
      },
    ],
  });
  const chosen = format;
  if (draft === undefined || chosen === undefined) return;
  await retryableStep(async () => {
    const made = await signNewLink(app, draft);
    const onCopied = (copied: LinkFormatId) => {
      void window.showInformationMessage(copiedSentence(made, copied));
    };
    await copyInFormat(chosen, made.link, { onCopied });
  });
}
