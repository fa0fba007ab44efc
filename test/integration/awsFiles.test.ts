import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { commandIds } from '../../src/ui/ids.js';
import type { StrictCredential } from '../servers/strictS3/server.js';
import { keySettings, profileText } from '../support/awsSettings.js';
import { poll } from '../support/poll.js';
import { alice, dave } from '../support/identities.js';
import {
  credentialsPath,
  readConfig,
  settingsOf,
  useProfiles,
  withSection,
  writeConfig,
} from './support/awsConfig.js';
import { copyLink, scopeOf } from './support/links.js';
import { assertNoMessage } from './support/notifications.js';
import { objectRow } from './support/rows.js';
import { connectS3 } from './support/s3.js';
import { openView, selectProfile, waitForRows } from './support/view.js';
import { driverFor, startCommand } from './support/window.js';

const hello = objectRow('docs', 'hello.txt');

/** The config file as these tests find it. */
let original = '';

/** Shows the default profile, and undoes what a test has written. */
function useConfig(): void {
  beforeEach(async function () {
    await openView();
    await waitForRows(driverFor(this), (names) => names.includes('docs'));
    original = await readConfig();
  });
  afterEach(() => writeConfig(original));
}

describe('an edit of the AWS config file', () => {
  useConfig();

  it('that adds a profile appears in the list of profiles', async function () {
    const driver = driverFor(this);
    const added = settingsOf(original, 'profile other');
    await writeConfig(withSection(original, 'profile added', { ...added, region: 'eu-west-1' }));
    const running = startCommand(commandIds.selectProfile);
    await driver.waitForQuickInput(({ items }) => items.length > 0);
    await driver.type('added');
    const { items } = await driver.waitForQuickInput(({ items }) => items[0]?.label === 'added');
    assert.equal(items[0]?.description, 'access keys, eu-west-1');
    await driver.press('Escape');
    await running.ended;
  });

  it('that changes the endpoint of the profile appears in the rows', async function () {
    const driver = driverFor(this);
    await writeConfig(withSection(original, 'default', settingsOf(original, 'profile other')), 'other');
    await waitForRows(driver, (names) => names.join() === 'theirs');
    await assertNoMessage(driver);
  });

  it('that changes the keys appears in the rows and in the next link', async function () {
    const driver = driverFor(this);
    await writeConfig(withSection(original, 'default', settingsOf(original, 'profile denied')));
    await waitForRows(driver, ([name = '']) => name.includes('denied access'));
    const link = await copyLink(driver, commandIds.copyPresignedGetUrl, hello);
    assert.equal(scopeOf(link).accessKeyId, dave.accessKeyId);
  });
});

describe("an edit of the profile's region", () => {
  useConfig();

  it('appears in the details', async function () {
    const driver = driverFor(this);
    const settings = settingsOf(original, 'default');
    await writeConfig(withSection(original, 'default', { ...settings, region: 'eu-central-1' }));
    const running = startCommand(commandIds.showConnectionDetails);
    const { items } = await driver.waitForQuickInput(({ items }) =>
      items.some(({ label }) => label === 'Region'),
    );
    await driver.press('Escape');
    await running.ended;
    assert.equal(items.find(({ label }) => label === 'Region')?.description, 'eu-central-1');
  });
});

describe('an edit of the AWS credentials file', () => {
  const filed = (credential: StrictCredential) =>
    writeFile(credentialsPath(), profileText('filed', keySettings(credential)));
  useProfiles({ filed: { region: 'us-east-1' } });
  before(async function () {
    const driver = driverFor(this);
    await filed(alice);
    await openView();
    await selectProfile('filed');
    await waitForRows(driver, (names) => names.includes('docs'));
  });
  after(() => writeFile(credentialsPath(), ''));

  it('appears in the rows, and in the next link', async function () {
    const driver = driverFor(this);
    const s3 = connectS3();
    const signers = async () => (await s3.requests()).map(({ accessKeyId }) => accessKeyId);
    assert.equal(
      scopeOf(await copyLink(driver, commandIds.copyPresignedGetUrl, hello)).accessKeyId,
      alice.accessKeyId,
    );
    await s3.clearRequests();
    await filed(dave);
    await poll(async () => (await signers()).includes(dave.accessKeyId), {
      what: 'the view to ask again',
    });
    await waitForRows(driver, ([name = '']) => name.includes('denied access'));
    const link = await copyLink(driver, commandIds.copyPresignedGetUrl, hello);
    assert.equal(scopeOf(link).accessKeyId, dave.accessKeyId);
  });
});
