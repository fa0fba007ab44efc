import { env } from 'vscode';
import {
  formatLink,
  formatsFor,
  linkFormat,
  LinkFormatError,
  type FormatOptions,
  type LinkFormatId,
} from '../../core/links/formats/formats.js';
import type { LinkKindId } from '../../core/links/kinds.js';
import type { Link } from '../../core/links/sign.js';
import { plainMessage, showMessage } from '../messages/showMessage.js';
import { pickItem } from '../prompts/inputs.js';
import type { Back, StepPlace } from '../prompts/steps.js';
import { StepFailure } from '../messages/stepFailure.js';
import { l10n, window } from '../messages/safeVscode.js';
import { completeStep } from '../walkthrough.js';

type CopyOptions = Pick<FormatOptions, 'fileName'>;

/**
 * A link in a format, in the language of the editor if the format contains sentences.
 * @throws LinkFormatError if the format cannot carry the link
 */
export function formatAs(id: LinkFormatId, link: Link, options: CopyOptions = {}): string {
  const result = formatLink(id, link, { ...options, localize: plainMessage });
  if ('problem' in result) throw new LinkFormatError(result.problem);
  return result.text;
}

/**
 * Copies a link to the clipboard in a format.
 * @throws LinkFormatError if the format cannot carry it
 */
async function copyAs(id: LinkFormatId, link: Link, options: CopyOptions = {}): Promise<void> {
  await env.clipboard.writeText(formatAs(id, link, options));
  completeStep('copyLink');
  window.setStatusBarMessage(l10n.t('Copied as {0}', showMessage({ text: linkFormat(id).label })), 3000);
}

/** Asks for a format, out of those that support the kind of link. */
export async function pickFormat(
  place: StepPlace,
  { kind, active }: { readonly kind: LinkKindId; readonly active?: LinkFormatId | undefined },
): Promise<LinkFormatId | Back | undefined> {
  const items = formatsFor(kind).map((id) => ({
    id,
    label: showMessage({ text: linkFormat(id).label }),
    detail: showMessage({ text: linkFormat(id).detail }),
  }));
  const picked = await pickItem(place, {
    items,
    placeholder: l10n.t('Choose a format'),
    active: items.find(({ id }) => id === active),
  });
  return typeof picked === 'object' ? picked.id : picked;
}

interface CopyChoice extends CopyOptions {
  /** Called when the link is on the clipboard. */
  readonly onCopied?: ((format: LinkFormatId) => void) | undefined;
}

interface FormatChoice extends CopyChoice {
  /** The format that is offered first. */
  readonly active?: LinkFormatId;
}

/** Asks for a format and copies a signed link in it; Retry asks again if the format cannot carry the link. */
export async function copyInAnyFormat(link: Link, { active, ...options }: FormatChoice = {}): Promise<void> {
  const format = await pickFormat({ title: l10n.t('Copy Link As') }, { kind: link.kind, active });
  if (typeof format === 'string') await copyInFormat(format, link, options);
}

/** Copies a link in the chosen format; Retry asks for another one. */
export async function copyInFormat(
  format: LinkFormatId,
  link: Link,
  options: CopyChoice = {},
): Promise<void> {
  try {
    await copyAs(format, link, options);
  } catch (error) {
    throw new StepFailure(error, () => copyInAnyFormat(link, { ...options, active: format }));
  }
  options.onCopied?.(format);
}
