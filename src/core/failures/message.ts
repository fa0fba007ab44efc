/**
 * A sentence for the person, with `{0}`, `{1}` ... where `args` go: the form that `vscode.l10n.t` takes,
 * so that `core` can name a sentence without knowing the language, or how times are written, where it is shown.
 */
export interface Message {
  readonly text: string;
  readonly args?: readonly (string | number | Date)[];
}

/** An error whose sentence is fit to be shown as it is. It never holds a link, a token or a secret. */
export abstract class MessageError extends Error {
  constructor(readonly shown: Message) {
    super(formatMessage(shown));
  }
}

/** The sentence in English, with its arguments in place. */
export function formatMessage({ text, args = [] }: Message): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const arg = args[Number(index)] ?? whole;
    return arg instanceof Date ? arg.toISOString() : String(arg);
  });
}
