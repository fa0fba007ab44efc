import { CancellationTokenSource } from 'vscode';
import { l10n, window } from '../messages/safeVscode.js';

/** Asks for the code of an MFA device. `undefined` means Esc, or that the signal cancelled the question. */
export async function askMfaCode(
  serial: string,
  { retry, signal }: { readonly retry: boolean; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const source = new CancellationTokenSource();
  const takeBack = () => {
    source.cancel();
  };
  signal.addEventListener('abort', takeBack);
  if (signal.aborted) takeBack();
  const options = {
    title: l10n.t('MFA Code'),
    prompt: retry
      ? l10n.t('That code was wrong or already used. Enter the next code from {0}.', serial)
      : l10n.t('Enter the code from {0}.', serial),
    ignoreFocusOut: true,
    // Some devices show `123 456`.
    validateInput: (value: string) =>
      /^\d{6}$/.test(value.replace(/\s/g, '')) ? undefined : l10n.t('Enter the six digits of the code.'),
  };
  try {
    return await window.showInputBox(options, source.token);
  } finally {
    signal.removeEventListener('abort', takeBack);
    source.dispose();
  }
}
