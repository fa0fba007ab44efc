import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { commands, Uri, window, type Disposable, type Terminal, type TerminalOptions } from 'vscode';
import { commandIds } from '../../../src/ui/ids.js';
import type { Driver } from '../../host/driver/driver.js';
import { poll } from '../../support/poll.js';
import { signIn, temporary } from '../../support/identities.js';
import { readConfig, writeConfig } from './awsConfig.js';
import { assertNothingCopied } from './clipboard.js';
import { askExpiry } from './links.js';
import { objectRow } from './rows.js';
import { openView, selectProfile, waitForRows } from './view.js';
import { startCommand } from './window.js';

/** The session that `aws login` stores in a profile written by a test. */
export const loginSession = 'arn:aws:iam::123456789012:user/integration';

export const tokenFile = cacheFile('sso', createHash('sha1').update(signIn.session).digest('hex'));
const loginFile = cacheFile('login', createHash('sha256').update(loginSession).digest('hex'));

function cacheFile(program: 'sso' | 'login', name: string): string {
  return join(homedir(), '.aws', program, 'cache', `${name}.json`);
}

/** Writes what `aws sso login` writes. */
export async function writeToken(): Promise<void> {
  const { startUrl, region, accessToken } = signIn;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await write(tokenFile, { startUrl, region, accessToken, expiresAt });
}

/** Writes what `aws login` writes: keys valid for 15 minutes, and what renews them. */
export async function writeLogin(): Promise<void> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await write(loginFile, {
    accessToken: {
      ...temporary,
      accountId: signIn.accountId,
      expiresAt: new Date(Date.now() + 900_000).toISOString(),
    },
    tokenType: 'aws_sigv4',
    clientId: 'arn:aws:signin:::devtools/same-device',
    refreshToken: 'refresh',
    idToken: 'id',
    dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
  });
}

async function write(file: string, token: object): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(token));
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
    await Promise.all([tokenFile, loginFile].map((file) => rm(file, { force: true })));
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
