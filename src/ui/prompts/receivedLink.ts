import { env, InputBoxValidationSeverity } from 'vscode';
import type { ParsedLink } from '../../core/links/explain/parsedLink.js';
import { parseLink } from '../../core/links/explain/parseLink.js';
import type { App } from '../app.js';
import { showMessage } from '../messages/showMessage.js';
import { askText } from './inputs.js';
import { back } from './steps.js';
import { l10n } from '../messages/door.js';
import type { Shown } from '../messages/shown.js';

/** The link on the clipboard, else one that is asked for. What is typed shows as dots. `undefined` means Esc. */
export async function takeLink({ session }: App, title: Shown): Promise<ParsedLink | undefined> {
  const options = { endpoint: session.opened?.settings.endpoint };
  const copied = parseLink(await env.clipboard.readText(), options);
  if (!('problem' in copied)) return copied;
  const text = await askText(
    { title },
    {
      prompt: l10n.t('The presigned URL, or the form as JSON or HTML. There is none on the clipboard.'),
      value: '',
      placeholder: l10n.t('Paste it here'),
      password: true,
      validate: (value) => {
        const read = parseLink(value);
        if (value === '' || !('problem' in read)) return undefined;
        return { message: showMessage(read.problem), severity: InputBoxValidationSeverity.Error };
      },
      isValid: (value) => !('problem' in parseLink(value)),
    },
  );
  if (text === undefined || text === back) return undefined;
  const read = parseLink(text, options);
  return 'problem' in read ? undefined : read;
}
