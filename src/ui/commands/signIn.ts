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
import { l10n, window } from '../messages/safeVscode.js';

/**
 * Runs the AWS CLI's sign-in in a terminal, where the user can follow it. When it succeeds, reloads the view
 * and retries what failed before. If something failed but the user has signed in elsewhere since then, opens
 * no terminal.
 */
export async function signIn(app: Pick<App, 'session'>, args: readonly unknown[]): Promise<void> {
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
    // The outcome does not matter after the user has selected another profile.
    if (outcome === 'closed' || app.session.sourceId !== sourceId) return;
    if (outcome === 'failed') {
      showSignInFailure(needed, again);
      return;
    }
    app.session.reload();
    await again?.();
  });
}

/**
 * Reads the arguments of the command, which may also be a row. Undefined without arguments: the user asked
 * for a sign-in, even if the last one is still valid.
 */
function readSignInOptions([given]: readonly unknown[]): SignInOptions | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { again } = given as Readonly<Record<string, unknown>>;
  return { again: typeof again === 'function' ? (again as () => Promise<void>) : undefined };
}

/** The CLI's own output disappeared with its terminal. */
function showSignInFailure({ profile, args }: SignIn, again: SignInOptions['again']): void {
  const quote = process.platform === 'win32' ? quotePowerShell : quotePosix;
  const command = ['aws', ...args].map((word) => (/^[\w.@:/=-]+$/.test(word) ? word : quote(word))).join(' ');
  const message = {
    text: 'Signing in to profile "{0}" failed. Sign in again, or run this in a terminal to see why: {1}',
    args: [profile, command],
  };
  void showFailure({ message, remedy: 'signIn' }, again ?? (() => Promise.resolve()));
}

/** The status bar asks for a sign-in when the credentials are valid for less than this. */
const expiryMarginMs = 1000;

/**
 * Whether the last sign-in is still valid and gives credentials.
 * @throws any other failure to obtain credentials
 */
async function hasRenewed(app: Pick<App, 'session'>): Promise<boolean> {
  const connection = await app.session.connection();
  try {
    const { expiry } = await identityOf(connection);
    return expiry.kind !== 'at' || expiry.at.getTime() - connection.clock.now().getTime() >= expiryMarginMs;
  } catch (error) {
    if (error instanceof SignInNeededError || error instanceof RenewalPausedError) return false;
    throw error;
  }
}

/** The sign-in that the selected source depends on, even if the last one is still valid. */
async function neededSignIn(app: Pick<App, 'session'>): Promise<SignIn | undefined> {
  const { signing } = await app.session.connection();
  return signing.signIn === undefined ? undefined : signInOf(signing.signIn, process.env);
}

/** `closed`: the user gave up. */
type Outcome = 'signedIn' | 'failed' | 'closed';

/** Reports the outcome once: when the token appears, or when the terminal closes. */
async function runSignIn(
  { args, tokenFile }: SignIn,
  onOutcome: (outcome: Outcome) => Promise<void>,
): Promise<void> {
  const before = await stateOf(tokenFile);
  // Started without a shell, so that no name has to be quoted for one.
  const terminal = window.createTerminal({
    name: l10n.t('AWS Sign-In'),
    shellPath: 'aws',
    shellArgs: [...args],
    // If the AWS CLI is not installed, VS Code looks for `aws` in the terminal's folder.
    // A Uri, because a path would mean the remote machine even if the extension runs on the local one.
    cwd: Uri.file(homedir()),
  });
  const listeners: Pick<Disposable, 'dispose'>[] = [];
  const look = async (otherwise?: Outcome) => {
    const after = await stateOf(tokenFile);
    // The CLI may delete the old token before it asks; only the one written after that counts.
    const outcome = after !== undefined && after !== before ? 'signedIn' : otherwise;
    if (listeners.length === 0 || outcome === undefined) return;
    for (const listener of listeners.splice(0)) listener.dispose();
    await onOutcome(outcome);
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

/** Changes with every sign-in; undefined if there is none. */
async function stateOf(file: string): Promise<string | undefined> {
  return stat(file).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => undefined,
  );
}
