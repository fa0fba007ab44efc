import type { LinkFormId } from '../../core/links/formats/formats.js';
import type { App } from '../app.js';
import { askLink } from '../links/askLink.js';
import { copyInForm, pickForm } from '../links/copyAs.js';
import { copiedSentence, signNewLink } from '../links/deliverLink.js';
import { back } from '../prompts/steps.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/door.js';

/** Bucket, key, what the link is for, how it is written, expiry; then the link is on the clipboard in that form. */
export async function copyLinkAs(app: App, args: readonly unknown[]): Promise<void> {
  let form: LinkFormId | undefined;
  const draft = await askLink(app, {
    title: l10n.t('Copy Link As'),
    args,
    steps: [
      async (known, place) => {
        const picked = await pickForm(place, { kind: known.kind, active: form });
        if (picked === undefined || picked === back) return picked;
        form = picked;
        return known;
      },
    ],
  });
  const chosen = form;
  if (draft === undefined || chosen === undefined) return;
  await retryableStep(async () => {
    const made = await signNewLink(app, draft);
    const onCopied = (copied: LinkFormId) => {
      void window.showInformationMessage(copiedSentence(made, copied));
    };
    await copyInForm(chosen, made.link, { onCopied });
  });
}
