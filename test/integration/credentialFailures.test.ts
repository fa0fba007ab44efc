import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from '../host/driver/driver.js';
import { poll } from '../support/poll.js';
import { processSecrets, roleArn } from '../support/identities.js';
import { useProfiles } from './support/awsConfig.js';
import { details, factsOf } from './support/details.js';
import { findLeaks } from './support/leaks.js';
import { assertNoMessage, shownMessages } from './support/notifications.js';
import { failForSignIn } from './support/signIns.js';
import { statusText } from './support/statusBar.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor } from './support/window.js';

/** Waits for a single row with this sentence and this button. */
async function waitForProblem(driver: Driver, sentence: RegExp, button: string): Promise<string> {
  const [name = ''] = await waitForRows(
    driver,
    ([first = '', ...others]) => sentence.test(first) && others.length === 0,
  );
  await driver.waitFor(`.part.sidebar .monaco-list-row[aria-label*="Press Enter for: ${button}"]`);
  return name;
}

const program = join(homedir(), 'gives-credentials');
const received = join(homedir(), 'received');

/** A program that prints its secrets, and how it ends. */
function programThat(end: string): string {
  const { printed, complained } = processSecrets;
  return [
    '#!/bin/sh',
    `echo "$@" > "${received}"`,
    `echo '${printed}'`,
    `echo '${complained}' >&2`,
    end,
  ].join('\n');
}

describe('a credential_process that returns no credentials', () => {
  const command = `sh "${program}" --password ${processSecrets.given}`;
  useProfiles({ robot: { region: 'us-east-1', credential_process: command } });
  afterEach(() => Promise.all([program, received].map((file) => rm(file, { force: true }))));

  for (const [what, end, sentence] of [
    [
      'fails',
      'exit 3',
      /^The credential_process of profile "robot" failed\. Run it in a terminal to see why\.$/,
    ],
    [
      'prints something else',
      'exit 0',
      /^The credential_process of profile "robot" did not print credentials in the format that AWS defines\.$/,
    ],
  ] as const) {
    it(`because it ${what}, is reported without its secrets`, async function () {
      const driver = driverFor(this);
      await writeFile(program, programThat(end));
      await openView();
      await selectProfile('robot');
      const row = await waitForProblem(driver, sentence, 'Select AWS Profile...');
      assert.equal(await readFile(received, 'utf8'), `--password ${processSecrets.given}\n`);
      const shown = await details(driver);
      assert.match(factsOf(shown).get('Credentials') ?? '', sentence);
      assert.equal(await statusText(driver), '');
      await failForSignIn(driver);
      const messages = await shownMessages(driver);
      assert.deepEqual(
        messages.map(({ buttons }) => buttons),
        [['Select AWS Profile...']],
      );
      assert.match(messages[0]?.message ?? '', sentence);
      assert.deepEqual(findLeaks(JSON.stringify([row, messages, shown])), []);
      assert.deepEqual(
        findLeaks(await logWith(driver, 'signpost.copyPresignedGetUrl failed: CredentialsError')),
        [],
      );
    });
  }
});

/** All logs, once they contain the latest entry. */
async function logWith(driver: Driver, last: string): Promise<string> {
  const read = async () => {
    const text = await driver.logText();
    return text.includes(last) && text;
  };
  return poll(read, { what: 'the log' });
}

describe('a role that cannot be assumed', () => {
  const role = { role_arn: roleArn, region: 'us-east-1' };
  useProfiles({
    astray: { ...role, source_profile: 'gone' },
    hen: { ...role, source_profile: 'egg' },
    egg: { ...role, source_profile: 'hen' },
  });
  for (const [profile, sentence] of [
    ['astray', /^Profile "astray" gets its credentials from profile "gone", which does not exist\.$/],
    ['hen', /^Profile "hen" refers back to itself through source_profile\.$/],
  ] as const) {
    it(`has one row with the reason, and opens the AWS files: ${profile}`, async function () {
      await assertOnlyProblem(driverFor(this), profile, sentence);
    });
  }
});

describe('a role without a region', () => {
  // Without an endpoint: a role with its own STS endpoint needs no region.
  useProfiles({
    adrift: { role_arn: roleArn, source_profile: 'default', ignore_configured_endpoint_urls: 'true' },
  });
  it('has one row that says what to add, and opens the AWS files', async function () {
    const sentence =
      /^Profile "adrift" needs a region to assume its role\. Add one to the profile, such as region = us-east-1, or set AWS_REGION\.$/;
    await assertOnlyProblem(driverFor(this), 'adrift', sentence);
  });
});

async function assertOnlyProblem(driver: Driver, profile: string, sentence: RegExp): Promise<void> {
  await openView();
  await selectProfile(profile);
  await waitForProblem(driver, sentence, 'Open AWS Config File');
  await assertNoMessage(driver);
}
