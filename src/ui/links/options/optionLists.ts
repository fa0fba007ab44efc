import type { Encryption, LinkOptions, LinkTarget } from '../../../core/links/target.js';
import { contentTypeOf } from '../../../core/transfer/link/contentType.js';
import { pickItem } from '../../prompts/inputs.js';
import type { OptionAnswer, OptionContext } from './optionContext.js';
import { askOptionText } from './optionText.js';
import { back } from '../../prompts/steps.js';
import { l10n, type QuickPickItem } from '../../messages/safeVscode.js';
import type { SafeText } from '../../messages/safeText.js';

interface ChoiceItem extends QuickPickItem {
  /** The options that the choice sets; a function if it asks for more. */
  readonly gives: LinkOptions | ((context: OptionContext) => OptionAnswer);
}

/** A list whose last rows may open a question; going back from there returns to the list. */
async function askChoice(
  context: OptionContext,
  { items, placeholder }: { readonly items: readonly ChoiceItem[]; readonly placeholder: SafeText },
): OptionAnswer {
  for (;;) {
    const picked = await pickItem(context.place, { items, placeholder });
    if (picked === undefined || picked === back) return picked;
    if (typeof picked.gives !== 'function') return picked.gives;
    const answer = await picked.gives({ ...context, place: { ...context.place, canGoBack: true } });
    if (answer !== back) return answer;
  }
}

export function describeShownAs({ inline, contentType }: LinkTarget): string {
  if (inline !== true) return '';
  return contentType === undefined ? l10n.t('shown') : l10n.t('shown as {0}', contentType);
}

export function askShownAs(context: OptionContext): OptionAnswer {
  const guessed = contentTypeOf(context.target.key);
  const other = (asked: OptionContext) =>
    askOptionText(asked, {
      prompt: l10n.t('Content type for the browser, such as text/plain; charset=utf-8'),
      value: context.target.contentType ?? guessed,
      parse: (contentType) => ({ options: { inline: true, contentType } }),
      isNeeded: true,
    });
  const items: readonly ChoiceItem[] = [
    { label: l10n.t('As stored'), gives: { inline: undefined, contentType: undefined } },
    {
      label: l10n.t('Shown in the browser'),
      description: l10n.t('with its stored type'),
      gives: { inline: true, contentType: undefined },
    },
    {
      label: l10n.t('Shown in the browser as {0}', guessed),
      gives: { inline: true, contentType: guessed },
    },
    { label: l10n.t('Shown in the browser as another type...'), gives: other },
  ];
  return askChoice(context, { items, placeholder: l10n.t('Choose what a browser does with the link') });
}

export function askEncryption(context: OptionContext): OptionAnswer {
  const { encryption } = context.target;
  const withKey = (asked: OptionContext) =>
    askOptionText(asked, {
      prompt: l10n.t('ARN, ID or alias of the KMS key'),
      value: encryption?.kind === 'kms' ? (encryption.keyId ?? '') : '',
      parse: (keyId) => ({ options: { encryption: { kind: 'kms', keyId } } }),
      isNeeded: true,
    });
  const give = (chosen: Encryption | undefined) => ({ encryption: chosen });
  const items: readonly ChoiceItem[] = [
    { label: l10n.t('Bucket default'), gives: give(undefined) },
    { label: l10n.t('S3 managed key (SSE-S3)'), gives: give({ kind: 's3' }) },
    { label: l10n.t('AWS managed KMS key (SSE-KMS)'), gives: give({ kind: 'kms' }) },
    { label: l10n.t('Another KMS key (SSE-KMS)...'), gives: withKey },
  ];
  return askChoice(context, { items, placeholder: l10n.t('Choose how S3 encrypts the upload') });
}

const statuses = [204, 201, 200] as const;

export function askSuccess(context: OptionContext): OptionAnswer {
  const { form } = context.target;
  const give = (successStatus: (typeof statuses)[number] | undefined, successRedirect?: string) => ({
    form: { ...form, successStatus, successRedirect },
  });
  const redirect = (asked: OptionContext) =>
    askOptionText(asked, {
      prompt: l10n.t('Address of the page the browser goes to; S3 appends bucket, key and etag'),
      value: form?.successRedirect ?? 'https://',
      parse: (page) => ({ options: give(undefined, page) }),
    });
  const items: readonly ChoiceItem[] = [
    { label: l10n.t('S3 default'), description: l10n.t('status 204'), gives: give(undefined) },
    ...statuses.slice(1).map((status) => ({ label: l10n.t('Status {0}', status), gives: give(status) })),
    { label: l10n.t('Go to a page...'), gives: redirect },
  ];
  return askChoice(context, { items, placeholder: l10n.t('Choose what the browser gets after the upload') });
}
