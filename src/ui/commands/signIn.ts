import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { TerminalExitReason, Uri, type Disposable, type TerminalExitStatus } from 'vscode';
import { RenewalPausedError, SignInNeededError } from '../../core/connection/credentials/identity.js';
import { signInOf, type SignIn } from '../../core/connection/credentials/signIn.js';
import { quotePosix, quotePowerShell } from '../../core/text/quote.js';
import type { App } from '../app.js';
import { identityOf } from '../connection/prepare.js';
import { watchFiles } from '../../core/connection/profiles/awsFilesWatch.js';
import { showFailure, type SignInOptions } from '../messages/showFailure.js';
import { l10n, window } from '../messages/door.js';

/**
 * Runs the AWS CLI's sign-in in a terminal, where the person can follow it. When it has worked, the view is listed again,
 * and what failed before it is done again. Where something failed and the person has signed in elsewhere since then, no
 * terminal is needed.
 */
export async function signIn(app: App, args: readonly unknown[]): Promise<void> {
  const options = readSignInOptions(args);
  const again = options?.again;
  const needed = await neededSignIn(app);
  if (needed === undefined) {
    void window.showInformationMessage(l10n.t('This profile does not need a sign-in.'));
    return;
  }
  if (options !== undefined && (await hasRenewed(app))) {
    app.session.reload();
    await again?.();
    return;
  }
  const { sourceId } = app.session;
  await runSignIn(needed, async (outcome) => {
    // Whoever selected another profile meanwhile waits for nothing of this one.
    if (outcome === 'closed' || app.session.sourceId !== sourceId) return;
    if (outcome === 'failed') {
      tellFailed(needed, again);
      return;
    }
    app.session.reload();
    await again?.();
  });
}

/**
 * From the arguments of the command, which may be a row too. Undefined where there are none: the person asked for a
 * sign-in by name, whether the last one holds or not.
 */
function readSignInOptions([given]: readonly unknown[]): SignInOptions | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { again } = given as Readonly<Record<string, unknown>>;
  return { again: typeof again === 'function' ? (again as () => Promise<void>) : undefined };
}

/** What the CLI says went away with its terminal. */
function tellFailed({ profile, args }: SignIn, again: SignInOptions['again']): void {
  const quote = process.platform === 'win32' ? quotePowerShell : quotePosix;
  const command = ['aws', ...args].map((word) => (/^[\w.@:/=-]+$/.test(word) ? word : quote(word))).join(' ');
  const message = {
    text: 'Signing in to profile "{0}" failed. Sign in again, or run this in a terminal to see why: {1}',
    args: [profile, command],
  };
  void showFailure({ message, remedy: 'signIn' }, again ?? (() => Promise.resolve()));
}

/** The status bar asks for a sign-in when less than this is left. */
const unshownMs = 1000;

/**
 * Whether credentials come without a sign-in, because the last one still holds.
 * @throws what is in the way of them but a sign-in
 */
async function hasRenewed(app: App): Promise<boolean> {
  const connection = await app.session.connection();
  try {
    const { end } = await identityOf(connection);
    return end.kind !== 'at' || end.at.getTime() - connection.clock.now().getTime() >= unshownMs;
  } catch (error) {
    if (error instanceof SignInNeededError || error instanceof RenewalPausedError) return false;
    throw error;
  }
}

/** The sign-in that the selected source stands on, whether its last one holds or not. */
async function neededSignIn(app: App): Promise<SignIn | undefined> {
  const { signing } = await app.session.connection();
  return signing.signIn === undefined ? undefined : signInOf(signing.signIn, process.env);
}

/** `closed`: by the person, who thought better of it. */
type Outcome = 'signedIn' | 'failed' | 'closed';

/** Tells once what became of it: when the token is there, or when the terminal is closed. */
async function runSignIn(
  { args, tokenFile }: SignIn,
  tell: (outcome: Outcome) => Promise<void>,
): Promise<void> {
  const before = await stateOf(tokenFile);
  // Started without a shell, so that no name has to be quoted for one.
  const terminal = window.createTerminal({
    name: l10n.t('AWS Sign-In'),
    shellPath: 'aws',
    shellArgs: [...args],
    // Where the AWS CLI is not installed, VS Code looks for `aws` in the folder of the terminal.
    // As a Uri: a path would mean the remote machine, also where the extension runs on the local one.
    cwd: Uri.file(homedir()),
  });
  const listeners: Pick<Disposable, 'dispose'>[] = [];
  const look = async (otherwise?: Outcome) => {
    const after = await stateOf(tokenFile);
    // The CLI may take the old one away before it asks: what counts is the one that is written then.
    const outcome = after !== undefined && after !== before ? 'signedIn' : otherwise;
    if (listeners.length === 0 || outcome === undefined) return;
    for (const listener of listeners.splice(0)) listener.dispose();
    await tell(outcome);
  };
  listeners.push(
    watchFiles([tokenFile], () => void look()),
    window.onDidCloseTerminal((closed) => {
      if (closed === terminal) void look(outcomeOf(closed.exitStatus));
    }),
  );
  terminal.show();
}

function outcomeOf(status: TerminalExitStatus | undefined): Outcome {
  if (status?.code === 0) return 'signedIn';
  const { User, Extension, Shutdown } = TerminalExitReason;
  const byHand: readonly (TerminalExitReason | undefined)[] = [User, Extension, Shutdown];
  return byHand.includes(status?.reason) ? 'closed' : 'failed';
}

/** What changes with every sign-in; undefined where there is none. */
async function stateOf(file: string): Promise<string | undefined> {
  return stat(file).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => undefined,
  );
}
