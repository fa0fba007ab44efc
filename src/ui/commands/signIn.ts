import { stat } from 'node:fs/promises';
import { l10n, window, type Disposable } from 'vscode';
import { signInOf, type SignIn } from '../../core/connection/credentials/signIn.js';
import type { App } from '../app.js';
import { watchFiles } from '../connection/awsFilesWatch.js';
import { readSignInOptions } from '../connection/signInOptions.js';

/**
 * Runs the AWS CLI's sign-in in a terminal, where the person can follow it. When it has worked, the view is listed again,
 * and what failed before it is done again.
 */
export async function signIn(app: App, args: readonly unknown[]): Promise<void> {
  const { renewFirst = false, again } = readSignInOptions(args);
  if (renewFirst && (await hasRenewed(app))) {
    app.session.reload();
    return;
  }
  const needed = await neededSignIn(app);
  if (needed === undefined) {
    void window.showInformationMessage(l10n.t('This profile needs no sign-in.'));
    return;
  }
  await runSignIn(needed, async ({ hasSignedIn }) => {
    app.session.reload();
    if (hasSignedIn) await again?.();
  });
}

/** Whether credentials come without a sign-in, because the last one still holds. */
async function hasRenewed(app: App): Promise<boolean> {
  const connection = await app.session.connection();
  return connection.identity().then(
    ({ end }) => end.kind !== 'at' || end.at > connection.clock.now(),
    () => false,
  );
}

/** The sign-in that the selected source stands on, whether its last one holds or not. */
async function neededSignIn(app: App): Promise<SignIn | undefined> {
  const { signing } = await app.session.connection();
  return signing.signIn === undefined ? undefined : signInOf(signing.signIn, process.env);
}

interface Outcome {
  readonly hasSignedIn: boolean;
}

/** Tells once what became of it: when the token is there, or when the terminal is closed without. */
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
  });
  const listeners: Disposable[] = [];
  const look = async (isClosed: boolean) => {
    const after = await stateOf(tokenFile);
    // The CLI may take the old one away before it asks: what counts is the one that is written then.
    const hasSignedIn = after !== undefined && after !== before;
    if (listeners.length === 0 || !(hasSignedIn || isClosed)) return;
    for (const listener of listeners.splice(0)) listener.dispose();
    await tell({ hasSignedIn });
  };
  listeners.push(
    watchFiles([tokenFile], () => void look(false)),
    window.onDidCloseTerminal((closed) => {
      if (closed === terminal) void look(true);
    }),
  );
  terminal.show();
}

/** What changes with every sign-in; undefined where there is none. */
async function stateOf(file: string): Promise<string | undefined> {
  return stat(file).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => undefined,
  );
}
