/**
 * A sentence for the user, with `{0}`, `{1}` ... where `args` go: the format of `vscode.l10n.t`. It lets `core` specify
 * a sentence without knowing the language, or the time format, in which it is shown.
 */
export interface Message {
  readonly text: string;
  readonly args?: readonly (string | number | Date)[];
}

/** What the user can do about a failure; `ui` provides a button for each. */
export type Remedy = 'retry' | 'selectProfile' | 'openAwsConfig' | 'editConnection' | 'signIn' | 'addBucket';

/** What is said about a failure: whole sentences and one remedy. */
export interface Explanation {
  readonly message: Message;
  readonly remedy: Remedy;
}

/** Who signs: a profile of the AWS files or the environment, or a connection that was added in the editor. */
export type SignerKind = 'profile' | 'connection';

/** One variant for each kind of signer. */
export type BySignerKind<Value> = Readonly<Record<SignerKind, Value>>;

/** An error whose message can be shown as it is. It never contains a link, a token or a secret. */
export abstract class MessageError extends Error {
  readonly remedy: Remedy = 'retry';

  /** `detail` is logged in place of the message. */
  constructor(
    readonly userMessage: Message,
    detail: string = formatMessage(userMessage),
  ) {
    super(detail);
  }

  /** The settings of a connection are in the editor, not in the AWS files. */
  explain(signer: SignerKind): Explanation {
    const isEdited = signer === 'connection' && this.remedy === 'openAwsConfig';
    return { message: this.userMessage, remedy: isEdited ? 'editConnection' : this.remedy };
  }
}

/** The sentence in English, with its arguments in place. */
export function formatMessage({ text, args = [] }: Message): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const arg = args[Number(index)] ?? whole;
    return arg instanceof Date ? arg.toISOString() : String(arg);
  });
}
