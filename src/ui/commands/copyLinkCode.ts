import { env } from 'vscode';
import { hasCode, linkCodes, writeLinkCode, type LinkCodeId } from '../../core/links/code/codes.js';
import type { RowsApp, SigningApp } from '../app.js';
import { askLink } from '../links/askLink.js';
import { withDelayedProgress } from '../messages/delayedProgress.js';
import { safeUri } from '../messages/safeUri.js';
import { pickItem } from '../prompts/inputs.js';
import { back } from '../prompts/steps.js';
import { retryableStep } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/safeVscode.js';
import { safeText } from '../messages/safeText.js';

/** Copies a program that generates such links. Signpost makes no link itself. */
export async function copyLinkCode(app: SigningApp & RowsApp, args: readonly unknown[]): Promise<void> {
  let code: LinkCodeId | undefined;
  const items = (Object.keys(linkCodes) as LinkCodeId[]).map((id) => ({
    id,
    label: safeText(linkCodes[id].label),
    description: safeText(linkCodes[id].detail),
  }));
  const draft = await askLink(app, {
    title: l10n.t('Copy Code for This Link'),
    args,
    kinds: hasCode,
    steps: [
      async (known, place) => {
        const picked = await pickItem(place, {
          items,
          placeholder: l10n.t('Choose a language'),
          active: items.find(({ id }) => id === code),
        });
        if (picked === undefined || picked === back) return picked;
        code = picked.id;
        return known;
      },
    ],
  });
  const chosen = code;
  if (draft === undefined || chosen === undefined) return;
  await retryableStep(async () => {
    const connection = await app.session.connection();
    const text = await withDelayedProgress({ title: l10n.t('Generating the code'), connection }, (signal) =>
      writeLinkCode(chosen, connection, { ...draft, signal }),
    );
    await env.clipboard.writeText(text);
    await app.memory.setExpirySeconds(draft.expiresInSeconds);
    const label = linkCodes[chosen].label;
    void window.showInformationMessage(
      l10n.t(
        'Copied {0} code that creates links for {1}. It contains no credentials.',
        label,
        safeUri(draft),
      ),
    );
  });
}
