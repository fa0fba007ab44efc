import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { window, type Terminal } from 'vscode';
import { watchFiles } from '../../src/core/connection/profiles/awsFilesWatch.js';
import { commandIds } from '../../src/ui/ids.js';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { configPath, readConfig, settingsOf, withSection } from './support/awsConfig.js';
import { assertNothingCopied } from './support/clipboard.js';
import { copiedLink } from './support/links.js';
import { assertNoMessage, listMessages, shownMessages } from './support/notifications.js';
import { connectS3 } from './support/s3.js';
import {
  failForSignIn,
  assertSignsIn,
  optionsOf,
  tokenFile,
  useSignIn,
  waitForSignInRow,
  writeToken,
} from './support/signIns.js';
import { waitForStatus } from './support/statusBar.js';
import { selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

describe('a profile that needs a sign-in', () => {
  const opened = useSignIn('portal');

  it('is reported in its row and in the status bar', async function () {
    const driver = driverFor(this);
    await waitForRows(driver, ([name = '']) => name.startsWith('Profile "portal" is not signed in'));
    await waitForStatus(driver, /^S3: Sign In$/);
    await assertNoMessage(driver);
  });

  it('is offered a sign-in when a link is requested', async function () {
    const driver = driverFor(this);
    await failForSignIn(driver);
    const messages = await shownMessages(driver);
    assert.deepEqual(
      messages.map(({ buttons }) => buttons),
      [['Sign In']],
    );
    assert.match(
      messages[0]?.message ?? '',
      /^Profile "portal" is not signed in, or its sign-in has expired\./,
    );
  });

  it('signs in through a terminal, and is listed when the token is there', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await waitForSignInRow(driver, 'portal');
    await s3.clearRequests();
    await assertSignsIn(opened, ['sso', 'login', '--profile', 'portal']);
    assert.deepEqual(await s3.requests(), []);
    writeToken();
    await waitForRows(driver, (names) => names.includes('docs'));
    await waitForStatus(driver, /^S3: (59 minutes|1 hour)$/);
    assert.equal(
      (await s3.requests()).some(({ accessKeyId }) => accessKeyId?.startsWith('ASIA') === true),
      true,
    );
  });
});

describe('a link that failed because a sign-in was needed', () => {
  const opened = useSignIn('portal');

  it('is made after the sign-in, without another prompt', async function () {
    const driver = driverFor(this);
    await failForSignIn(driver);
    await listMessages(driver, 'Profile "portal" is not signed in');
    await driver.clickNotificationButton('Sign In');
    await poll(() => opened.length > 0, { what: 'a terminal' });
    await assertNothingCopied();
    writeToken();
    // Reading the clipboard while something is written to it may never return.
    await listMessages(driver, /Copied GET link for /);
    assert.equal(await (await fetch(await copiedLink())).text(), 'hello');
    await waitForRows(driver, (names) => names.includes('docs'));
  });
});

describe('a sign-in that fails', () => {
  const opened = useSignIn('portal');
  const failing = join(homedir(), 'aws-fails');
  afterEach(() => rm(failing, { force: true }));

  it('is reported, and another one continues what waits for it', async function () {
    const driver = driverFor(this);
    await writeFile(failing, '');
    await failForSignIn(driver);
    await listMessages(driver, 'Profile "portal" is not signed in');
    await driver.clickNotificationButton('Sign In');
    await listMessages(driver, 'Signing in to profile "portal" failed');
    const [said] = await shownMessages(driver);
    assert.match(said?.message ?? '', /in a terminal to see why: aws sso login --profile portal$/);
    await rm(failing);
    const before = opened.length;
    await driver.clickNotificationButton('Sign In');
    await poll(() => opened.length > before, { what: 'another terminal' });
    writeToken();
    await listMessages(driver, /Copied GET link for /);
  });
});

describe('a sign-in that is abandoned', () => {
  const opened = useSignIn('portal');

  async function begin(driver: Driver): Promise<Terminal> {
    await waitForSignInRow(driver, 'portal');
    const before = opened.length;
    await startCommand(commandIds.signIn).ended;
    await poll(() => opened.length > before, { what: 'a terminal' });
    await assertNoMessage(driver);
    const terminal = opened.at(-1);
    assert.ok(terminal !== undefined);
    return terminal;
  }

  it('by closing its terminal, shows no message', async function () {
    const driver = driverFor(this);
    const terminal = await begin(driver);
    const closed = new Promise((resolve) => window.onDidCloseTerminal(resolve));
    terminal.dispose();
    await closed;
    await assertNoMessage(driver);
  });

  it('by selecting another profile, causes no message or request if it succeeds after all', async function () {
    const driver = driverFor(this);
    await begin(driver);
    await selectProfile('default');
    await waitForRows(driver, (names) => names.includes('docs'));
    const s3 = connectS3();
    await s3.clearRequests();
    let looks = 0;
    const watch = watchFiles([tokenFile], () => (looks += 1));
    writeToken();
    await poll(() => looks > 0, { what: 'a look at the token' });
    watch.dispose();
    // Messages come after everything that noticing the token caused in the window, including a listing.
    await assertNoMessage(driver);
    assert.deepEqual(await s3.requests(), []);
  });
});

describe('the environment, when its default profile needs a sign-in', () => {
  const opened = useSignIn('default');
  let original = '';
  before(async () => {
    original = await readConfig();
    const portal = settingsOf(original, 'profile portal');
    await writeFile(configPath(), withSection(original, 'default', portal));
  });
  after(() => writeFile(configPath(), original));

  it('signs in for that profile', async function () {
    const driver = driverFor(this);
    const running = startCommand(commandIds.selectProfile);
    await driver.waitForQuickInput(({ items }) => items.length > 0);
    await driver.type('Environment');
    await driver.waitForQuickInput(({ items }) => items.length === 1);
    await driver.press('Enter');
    await running.ended;
    await waitForRows(driver, ([name = '']) => name.startsWith('Profile "default" is not signed in'));
    await startCommand(commandIds.signIn).ended;
    const terminal = await poll(() => opened.at(-1), { what: 'a terminal' });
    assert.deepEqual(optionsOf(terminal).shellArgs, ['sso', 'login', '--profile', 'default']);
  });
});
