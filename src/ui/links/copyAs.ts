import { env } from 'vscode';
import {
  formatLink,
  formsFor,
  linkForm,
  LinkFormError,
  type FormOptions,
  type LinkFormId,
} from '../../core/links/formats/formats.js';
import type { LinkKindId } from '../../core/links/kinds.js';
import type { Link } from '../../core/links/sign.js';
import { plainMessage, showMessage } from '../messages/showMessage.js';
import { pickItem } from '../prompts/inputs.js';
import type { Back, StepPlace } from '../prompts/steps.js';
import { StepFailure } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/door.js';

type CopyOptions = Pick<FormOptions, 'fileName'>;

/**
 * A link in a form, in the language of the editor where the form holds sentences.
 * @throws LinkFormError where the form cannot carry the link
 */
export function writeAs(id: LinkFormId, link: Link, options: CopyOptions = {}): string {
  const result = formatLink(id, link, { ...options, say: plainMessage });
  if ('problem' in result) throw new LinkFormError(result.problem);
  return result.text;
}

/**
 * Puts a link on the clipboard in a form.
 * @throws LinkFormError where the form cannot carry it
 */
async function copyAs(id: LinkFormId, link: Link, options: CopyOptions = {}): Promise<void> {
  await env.clipboard.writeText(writeAs(id, link, options));
  window.setStatusBarMessage(l10n.t('Copied as {0}', showMessage({ text: linkForm(id).label })), 3000);
}

/** The form in which a link is wanted, of those that can say what the link is for. */
export async function pickForm(
  place: StepPlace,
  { kind, active }: { readonly kind: LinkKindId; readonly active?: LinkFormId | undefined },
): Promise<LinkFormId | Back | undefined> {
  const items = formsFor(kind).map((id) => ({
    id,
    label: showMessage({ text: linkForm(id).label }),
    detail: showMessage({ text: linkForm(id).detail }),
  }));
  const picked = await pickItem(place, {
    items,
    placeholder: l10n.t('How the link is written'),
    active: items.find(({ id }) => id === active),
  });
  return typeof picked === 'object' ? picked.id : picked;
}

interface CopyChoice extends CopyOptions {
  /** Told when the link is on the clipboard. */
  readonly onCopied?: ((form: LinkFormId) => void) | undefined;
}

interface FormChoice extends CopyChoice {
  /** The form that is offered first. */
  readonly active?: LinkFormId;
}

/** Asks how a link that is signed shall be written, and copies it so; asks again where the form cannot carry it. */
export async function copyInAnyForm(link: Link, { active, ...options }: FormChoice = {}): Promise<void> {
  const form = await pickForm({ title: l10n.t('Copy Link As') }, { kind: link.kind, active });
  if (typeof form === 'string') await copyInForm(form, link, options);
}

/** Copies a link in the form that was chosen; Retry chooses another one. */
export async function copyInForm(form: LinkFormId, link: Link, options: CopyChoice = {}): Promise<void> {
  try {
    await copyAs(form, link, options);
  } catch (error) {
    throw new StepFailure(error, () => copyInAnyForm(link, { ...options, active: form }));
  }
  options.onCopied?.(form);
}
