import { l10n, window } from 'vscode';
import { displayKey } from '../../core/storage/keys.js';

/** The code that an MFA device shows. `undefined` means Esc. */
export async function askMfaCode(
  serial: string,
  { retry }: { readonly retry: boolean },
): Promise<string | undefined> {
  return window.showInputBox({
    title: l10n.t('MFA Code'),
    prompt: retry
      ? l10n.t('That code was wrong or used before. Enter the next code of {0}.', displayKey(serial))
      : l10n.t('Enter the code of {0}.', displayKey(serial)),
    ignoreFocusOut: true,
    // Some devices show `123 456`.
    validateInput: (value) =>
      /^\d{6}$/.test(value.replace(/\s/g, '')) ? undefined : l10n.t('A code has six digits.'),
  });
}
