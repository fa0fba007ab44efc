import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { commandIds } from '../../src/ui/ids.js';
import { poll } from '../support/poll.js';
import { temporary } from '../support/identities.js';
import { settingsOf, withSection } from './support/awsConfig.js';
import { copyLink, scopeOf } from './support/links.js';
import { assertNoMessage, listMessages, shownMessages } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import {
  assertSignsIn,
  closeTerminals,
  loginSession,
  optionsOf,
  useSignIn,
  waitForSignInRow,
  writeLogin,
} from './support/signIns.js';
import { waitForStatus } from './support/statusBar.js';
import { waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

describe('a profile that uses aws login', () => {
  const opened = useSignIn('console', (config) => {
    const { endpoint_url = '' } = settingsOf(config, 'default');
    const settings = { region: 'us-east-1', endpoint_url, login_session: loginSession };
    return withSection(config, 'profile console', settings);
  });

  it('is reported in its row and in the status bar', async function () {
    const driver = driverFor(this);
    await waitForSignInRow(driver, 'console');
    await waitForStatus(driver, /^S3: Sign In$/);
    await assertNoMessage(driver);
  });

  it('signs in through a terminal, lists when the keys are there, and signs with them', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    await waitForSignInRow(driver, 'console');
    await s3.clearRequests();
    await assertSignsIn(opened, ['login', '--profile', 'console']);
    assert.deepEqual(await s3.requests(), []);
    writeLogin();
    await waitForRows(driver, (names) => names.includes('docs'));
    await waitForStatus(driver, /^S3: 1[45] minutes$/);
    const link = await copyLink(driver, commandIds.copyPresignedGetUrl, objectRow('docs', 'hello.txt'));
    assert.equal(scopeOf(link).accessKeyId, temporary.accessKeyId);
    assert.equal(await (await fetch(link)).text(), 'hello');
  });
});

describe('a profile name that a shell would split or interpret', () => {
  const name = "$(x;y)'";
  const opened = useSignIn(name, (config) =>
    withSection(config, `profile "${name}"`, settingsOf(config, 'profile portal')),
  );
  const failing = join(homedir(), 'aws-fails');
  after(() => rm(failing, { force: true }));

  it('is a single unchanged word of the command', async function () {
    const driver = driverFor(this);
    await waitForSignInRow(driver, name);
    await startCommand(commandIds.signIn).ended;
    const terminal = await poll(() => opened.at(-1), { what: 'a terminal' });
    const { shellPath, shellArgs } = optionsOf(terminal);
    assert.deepEqual([shellPath, shellArgs], ['aws', ['sso', 'login', '--profile', name]]);
    await closeTerminals();
  });

  it('is quoted in the suggested command', async function () {
    const driver = driverFor(this);
    await waitForSignInRow(driver, name);
    await writeFile(failing, '');
    await startCommand(commandIds.signIn).ended;
    await listMessages(driver, `Signing in to profile "${name}" failed`);
    const [said] = await shownMessages(driver);
    assert.equal(said?.message.split(': ').at(-1), String.raw`aws sso login --profile '$(x;y)'\'''`);
  });
});
