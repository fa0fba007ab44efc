import { env, InputBoxValidationSeverity } from 'vscode';
import type { ParsedLink } from '../../core/links/parse/parsedLink.js';
import { explainUnreadable, parseLink } from '../../core/links/parse/parseLink.js';
import type { Message } from '../../core/failures/message.js';
import type { LinkApp } from '../app.js';
import { showMessage } from '../messages/showMessage.js';
import { askText, type TextOptions } from './inputs.js';
import { back } from './steps.js';
import { l10n, type InputBoxValidationMessage } from '../messages/safeVscode.js';
import type { SafeText } from '../messages/safeText.js';

/**
 * The link on the clipboard, else one that the user enters. The question says why a link or upload form on
 * the clipboard cannot be used. Typed text shows as dots. `undefined` means Esc.
 */
export async function askForLink(
  { session }: Pick<LinkApp, 'session'>,
  title: SafeText,
): Promise<ParsedLink | undefined> {
  const options = { endpoint: session.opened?.settings.endpoint };
  const clipboard = await env.clipboard.readText();
  const copied = parseLink(clipboard, options);
  if (!('problem' in copied)) return copied;
  const text = await askText(
    { title },
    {
      ...promptFor(explainUnreadable(clipboard, options)),
      value: '',
      password: true,
      validate: (value) => {
        const read = parseLink(value, options);
        return value === '' || !('problem' in read) ? undefined : complaint(read.problem);
      },
      isValid: (value) => !('problem' in parseLink(value, options)),
    },
  );
  if (text === undefined || text === back) return undefined;
  const read = parseLink(text, options);
  return 'problem' in read ? undefined : read;
}

function promptFor(
  refusal: Message | undefined,
): Pick<TextOptions, 'prompt' | 'placeholder' | 'initialValidation'> {
  if (refusal === undefined)
    return {
      prompt: l10n.t('Paste a presigned URL, or a form as JSON or HTML. The clipboard does not contain one.'),
      placeholder: l10n.t('Paste it here'),
    };
  return {
    prompt: l10n.t('Presigned URL, or form as JSON or HTML'),
    placeholder: l10n.t('The link or form on the clipboard cannot be used. Paste another one.'),
    initialValidation: complaint(refusal),
  };
}

function complaint(problem: Message): InputBoxValidationMessage {
  return { message: showMessage(problem), severity: InputBoxValidationSeverity.Error };
}
