import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { commands, Uri, window, type Disposable, type Terminal, type TerminalOptions } from 'vscode';
import { commandIds } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';
import { signIn, temporary } from '../../support/identities.js';
import { inSeconds, loginFile, loginToken, ssoFile, writeTokenFile } from '../../support/signInFiles.js';
import { readConfig, writeConfig } from './awsConfig.js';
import { assertNothingCopied } from './clipboard.js';
import { askExpiry } from './links.js';
import { objectRow } from './rows.js';
import { openView, selectProfile, waitForRows } from './view.js';
import { startCommand } from './window.js';

/** The session that `aws login` stores in a profile written by a test. */
export const loginSession = 'arn:aws:iam::123456789012:user/integration';

export const tokenFile = ssoFile(homedir(), signIn.session);

/** Writes what `aws sso login` writes. */
export function writeToken(): void {
  const { startUrl, region, accessToken } = signIn;
  writeTokenFile(tokenFile, { startUrl, region, accessToken, expiresAt: inSeconds(3600) });
}

/** Writes what `aws login` writes: keys valid for 15 minutes, and what renews them. */
export function writeLogin(): void {
  writeTokenFile(loginFile(homedir(), loginSession), loginToken({ ...temporary, expiresAt: inSeconds(900) }));
}

export function optionsOf({ creationOptions }: Terminal): TerminalOptions {
  assert.ok('shellPath' in creationOptions, 'the terminal runs no program');
  return creationOptions;
}

/** Shows the profile to each test, and gives the opened terminals. `configure` may add the profile first. */
export function useSignIn(
  profile: string,
  configure: (config: string) => string = (config) => config,
): readonly Terminal[] {
  const opened: Terminal[] = [];
  let listener: Disposable | undefined;
  let original = '';

  beforeEach(async () => {
    opened.length = 0;
    listener = window.onDidOpenTerminal((terminal) => opened.push(terminal));
    original = await readConfig();
    await writeConfig(configure(original));
    await selectProfile(profile);
    await openView();
  });
  afterEach(async () => {
    listener?.dispose();
    await closeTerminals();
    await Promise.all(
      [tokenFile, loginFile(homedir(), loginSession)].map((file) => rm(file, { force: true })),
    );
    await writeConfig(original);
  });
  return opened;
}

/**
 * Disposes of the terminals and waits until they are gone: the focus leaves with the last one, which would
 * close an open prompt.
 */
export async function closeTerminals(): Promise<void> {
  await commands.executeCommand('workbench.action.closePanel');
  for (const terminal of window.terminals) terminal.dispose();
  await poll(() => window.terminals.length === 0, { what: 'the terminals to close' });
}

/** Waits for a single row that asks for a sign-in and has a button for it. */
export async function waitForSignInRow(driver: Driver, profile: string): Promise<void> {
  await waitForRows(
    driver,
    ([name = '', ...others]) =>
      name.startsWith(`Profile "${profile}" is not signed in, or its sign-in has expired.`) &&
      others.length === 0,
  );
  await driver.waitFor('.part.sidebar .monaco-list-row[aria-label*="Press Enter for: Sign In"]');
}

/** Requests a link, which fails because a sign-in is needed. */
export async function failForSignIn(driver: Driver): Promise<void> {
  // Rows that appear while a list is open take the focus from it.
  await waitForRows(
    driver,
    ([name = '', ...others]) =>
      /is not signed in|^The credential_process of /.test(name) && others.length === 0,
  );
  const { running } = await askExpiry(driver, commandIds.copyPresignedGetUrl, objectRow('docs', 'hello.txt'));
  await driver.click('.quick-input-box input');
  await driver.press('Enter');
  await running.ended;
  await assertNothingCopied();
}

/** Signs in with the command, and checks what runs in the terminal that opens, and where. */
export async function assertSignsIn(opened: readonly Terminal[], args: readonly string[]): Promise<void> {
  await startCommand(commandIds.signIn).ended;
  const terminal = await poll(() => opened.at(-1), { what: 'a terminal' });
  const { shellPath, shellArgs, cwd } = optionsOf(terminal);
  assert.deepEqual([shellPath, shellArgs], ['aws', args]);
  assert.equal(String(cwd), String(Uri.file(homedir())), 'a workspace may hold another aws');
}
