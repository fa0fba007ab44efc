import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { window } from 'vscode';
import { showConnectionDetails } from '../../src/ui/commands/showConnectionDetails.js';
import { Connections } from '../../src/ui/connection/connections.js';
import type { QuickInput } from '../host/driver/protocol.js';
import { alice, roleArn, temporary } from '../support/identities.js';
import { timeOfDay } from '../support/signedLinks.js';
import { openApp } from './support/app.js';
import { readConfig, settingsOf, useProfiles } from './support/awsConfig.js';
import { details, detailsOnceAnswered, factsOf } from './support/details.js';
import { useExpiringKeys } from './support/expiringKeys.js';
import { findLeaks } from './support/leaks.js';
import { connectS3 } from './support/s3.js';
import { Kept, useSessions } from './support/sessions.js';
import { tokenFile, writeToken } from './support/signIns.js';
import { openView, selectProfile } from './support/view.js';
import { driverFor } from './support/window.js';

describe('the details of a connection', () => {
  useExpiringKeys();

  it('do not claim to know the clock of a server that never answered', async function () {
    const driver = driverFor(this);
    await selectProfile('down');
    const { items } = await details(driver);
    assert.equal(items.find(({ label }) => label === 'Clock')?.description, 'not known yet');
  });

  for (const [profile, accessKeyId, end] of [
    ['default', alice.accessKeyId, /^long-term$/],
    ['token', temporary.accessKeyId, /^temporary, with an unknown expiry$/],
    ['soon', temporary.accessKeyId, /^temporary, until .*\d\d:\d\d$/],
    ['past', temporary.accessKeyId, /^temporary, expired at .*\d\d:\d\d$/],
  ] as const) {
    it(`name the signer and the endpoint, and no secret: ${profile}`, async function () {
      const driver = driverFor(this);
      await openView();
      await selectProfile(profile);
      const shown = await detailsOnceAnswered(driver);
      const facts = new Map(factsOf(shown));
      assert.match(facts.get('Credentials') ?? '', end);
      facts.delete('Credentials');
      const { endpoint_url: endpoint } = settingsOf(await readConfig(), 'default');
      assert.deepEqual(Object.fromEntries(facts), {
        'Signs as': profile === 'default' ? 'profile default' : `profile ${profile}`,
        'Signs with': `keys of profile ${profile}`,
        'Access key': `ending in ${accessKeyId.slice(-4)}`,
        Endpoint: endpoint,
        Region: 'us-east-1',
        Clock: 'matches S3',
      });
      const text = JSON.stringify(shown);
      assert.deepEqual(findLeaks(text), []);
      assert.equal(text.includes(accessKeyId.slice(0, -4)), false, 'the whole key is shown');
    });
  }
});

const processEnd = new Date((Math.floor(Date.now() / 1000) + 7200) * 1000);
const processOutput = join(homedir(), 'credentials.json');
const processText = JSON.stringify({
  Version: 1,
  AccessKeyId: temporary.accessKeyId,
  SecretAccessKey: temporary.secretAccessKey,
  SessionToken: temporary.sessionToken,
  Expiration: processEnd.toISOString(),
});

const inAnHour = /^temporary, until .*\d\d:\d\d$/;

interface Kind {
  readonly signsAs?: string;
  readonly signsWith: string;
  readonly end: RegExp;
  readonly region?: string;
}

const kinds: readonly (readonly [source: string, Kind])[] = [
  ['portal', { signsWith: 'SSO session integration', end: inAnHour }],
  [
    'standing',
    { signsWith: `role ${roleArn}, from keys of profile default`, end: inAnHour, region: 'eu-west-1' },
  ],
  [
    'robot',
    {
      signsWith: 'credential_process of profile robot',
      end: new RegExp(`^temporary, until .*${timeOfDay(processEnd)}$`),
    },
  ],
  [
    'Environment / default chain',
    { signsAs: 'the environment', signsWith: 'keys of profile default', end: /^long-term$/ },
  ],
];

async function selectSource(label: string): Promise<void> {
  if (label !== 'Environment / default chain') return selectProfile(label);
  const { session } = await openApp();
  await session.select({ kind: 'environment' });
}

/** Contains neither a secret nor a whole access key ID. */
function assertNoKeys(shown: QuickInput): void {
  const text = JSON.stringify(shown);
  assert.deepEqual(findLeaks(text), []);
  assert.doesNotMatch(text, /\b(?:AKIA|ASIA)\w{5}/);
}

describe('the details of each kind of source', () => {
  useProfiles({
    standing: { role_arn: roleArn, source_profile: 'default', services: 'local', region: 'eu-west-1' },
    robot: { credential_process: `cat "${processOutput}"`, region: 'us-east-1' },
  });
  before(async () => {
    writeToken();
    await writeFile(processOutput, processText);
  });
  after(() => Promise.all([tokenFile, processOutput].map((file) => rm(file, { force: true }))));

  for (const [source, { signsAs = `profile ${source}`, signsWith, end, region = 'us-east-1' }] of kinds) {
    it(`name the signer and the endpoint, and no secret: ${source}`, async function () {
      const driver = driverFor(this);
      const s3 = connectS3();
      await s3.clearRequests();
      await selectSource(source);
      await openView();
      const shown = await detailsOnceAnswered(driver);
      const asked = (await s3.requests()).at(-1);
      const facts = new Map(factsOf(shown));
      assert.match(facts.get('Credentials') ?? '', end);
      facts.delete('Credentials');
      assert.deepEqual(Object.fromEntries(facts), {
        'Signs as': signsAs,
        'Signs with': signsWith,
        'Access key': `ending in ${asked?.accessKeyId?.slice(-4)}`,
        Endpoint: settingsOf(await readConfig(), 'default').endpoint_url,
        Region: region,
        Clock: 'matches S3',
      });
      assertNoKeys(shown);
    });
  }
});

describe('the details of a profile without usable credentials', () => {
  for (const [profile, signsWith, why] of [
    ['portal', 'SSO session integration', /^Profile "portal" is not signed in, or its sign-in has expired\./],
    ['keyless', 'none: no credentials are specified', /^Profile "keyless" has no credentials/],
  ] as const) {
    it(`name the reason, and everything else: ${profile}`, async function () {
      const driver = driverFor(this);
      await openView();
      await selectProfile(profile);
      const shown = await details(driver);
      const facts = new Map(factsOf(shown));
      assert.match(facts.get('Credentials') ?? '', why);
      facts.delete('Credentials');
      assert.deepEqual(Object.fromEntries(facts), {
        'Signs as': `profile ${profile}`,
        'Signs with': signsWith,
        Endpoint: settingsOf(await readConfig(), 'default').endpoint_url,
        Region: 'us-east-1',
        Clock: 'not known yet',
      });
      assertNoKeys(shown);
    });
  }
});

describe('the details of a connection that was added', () => {
  const open = useSessions();

  it('name the signer and the endpoint, and no secret', async function () {
    const driver = driverFor(this);
    const { endpoint_url: endpoint = '' } = settingsOf(await readConfig(), 'default');
    const shared = new Kept();
    const connections = new Connections(shared, shared);
    const added = {
      id: 'mine',
      name: 'My Store',
      endpoint,
      region: 'eu-west-3',
      addressing: 'auto',
    } as const;
    await connections.save(added, alice);
    const session = open({ shared });
    await session.select({ kind: 'connection', id: added.id });
    const log = window.createOutputChannel('Details', { log: true });
    const ended = showConnectionDetails({ session, connections, log });
    const shown = await driver.waitForQuickInput(({ title }) => title === 'Connection Details');
    await driver.press('Escape');
    await ended;
    log.dispose();
    assert.deepEqual(Object.fromEntries(factsOf(shown)), {
      'Signs as': `connection ${added.name}`,
      'Signs with': "keys in VS Code's secret storage",
      'Access key': `ending in ${alice.accessKeyId.slice(-4)}`,
      Credentials: 'long-term',
      Endpoint: endpoint,
      Region: added.region,
      Clock: 'not known yet',
    });
    assertNoKeys(shown);
  });
});
