import { KeyIssuer } from '../../servers/aws/keys.js';
import { startSsoPortal, type SsoState } from '../../servers/aws/sso.js';
import { startSts } from '../../servers/aws/sts.js';
import { sampleOddKeys } from '../../support/oddKeys.js';
import { startStrictS3, type StrictCredential, type StrictS3 } from '../../servers/strictS3/server.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { openBlackHole } from '../../support/badServers.js';
import {
  alice,
  bob,
  dave,
  expired,
  roleArn,
  signIn,
  temporary,
  wrongSecret,
} from '../../support/identities.js';
import { closedEndpoint } from '../../support/ports.js';
import { proxiedHost, startSecureNetwork } from './network.js';
import type { Servers } from './steering.js';

/** How far the clock of the server of the profile `ahead` is ahead of all others. */
export const aheadMs = 5 * 60_000;

/** An access point: addresses contain it as `host`, which is a bucket of the server `secure`. */
export const accessPoint = {
  arn: 'arn:aws:s3:eu-central-1:123456789012:accesspoint/view-point',
  host: 'view-point-123456789012',
  region: 'eu-central-1',
} as const;

/** One more than fit on two pages of the smallest size. */
export const manyObjects = 21;

/** Starts the servers and fills them. The tests name these buckets and keys. */
export async function startServers(folder: string): Promise<Servers> {
  const network = await startSecureNetwork(folder, [alice]);
  network.server.createBucket('safe');
  network.server.putObject('safe', 'sealed.txt', 'sealed');
  network.server.createBucket(accessPoint.host, { region: accessPoint.region });
  network.server.putObject(accessPoint.host, 'seen.txt', 'seen');
  const issuer = new KeyIssuer([alice, temporary, expired, dave]);
  const signInState = signInOf(issuer);
  const portal = await startSsoPortal(signInState);
  const sts = await startSts({ issuer, roles: [{ arn: roleArn, trusts: [alice.accessKeyId] }] });
  const home = await startStrictS3({ credentials: issuer.known });
  const ahead = await startStrictS3({
    credentials: [alice],
    clock: () => new Date(Date.now() + aheadMs),
  });
  ahead.createBucket('early');
  ahead.putObject('early', 'bird.txt', 'worm');
  const other = await startStrictS3({ credentials: [bob] });
  fillHome(home);
  other.createBucket('theirs');
  other.putObject('theirs', 'their.txt', 'theirs');
  const hole = await openBlackHole();
  return { home, other, secure: network.server, network, ahead, portal, signIn: signInState, sts, hole };
}

function signInOf(issuer: KeyIssuer): SsoState {
  const { accountId, roleName, accessToken } = signIn;
  const unused = { clientId: '', clientSecret: '', refreshToken: '' };
  return { issuer, accountId, roleName, accessToken, ...unused };
}

/** Resets the buckets of the server of `default` to their initial contents. */
export function fillHome(home: StrictS3): void {
  for (const bucket of ['docs', 'many', 'odd']) home.createBucket(bucket);
  home.createBucket('eu-docs', { region: 'eu-central-1' });
  home.createBucket('fast--use1-az4--x-s3');
  home.putObject('fast--use1-az4--x-s3', 'hello.txt', 'fast');
  home.putObject('docs', 'hello.txt', 'hello');
  home.putObject('docs', 'in/first.txt', 'first');
  home.putObject('docs', 'in/second.txt', 'second');
  home.putObject('eu-docs', 'grüße.txt', 'grüße');
  for (let index = 1; index <= manyObjects; index += 1) {
    home.putObject('many', `object-${String(index).padStart(2, '0')}.txt`, String(index));
  }
  for (const [what, key] of Object.entries(sampleOddKeys)) home.putObject('odd', key, what);
}

/** The AWS config file: one profile for each way to succeed or fail. */
export async function profilesFor({ home, other, network, ahead, portal, sts }: Servers): Promise<string> {
  const at = (server: StrictS3, credential: StrictCredential) => ({
    endpoint_url: server.endpoint,
    ...keySettings(credential),
  });
  return [
    section('default', at(home, alice)),
    section('profile token', at(home, temporary)),
    section('profile other', at(other, bob)),
    section('profile denied', at(home, dave)),
    section('profile wrong', at(home, { ...alice, secretAccessKey: wrongSecret })),
    section('profile expired', at(home, expired)),
    section('profile down', { endpoint_url: await closedEndpoint(), ...keySettings(alice) }),
    section('profile keyless', { endpoint_url: home.endpoint }),
    section('profile secure', { endpoint_url: network.endpoint, ...keySettings(alice) }),
    section('profile bundled', {
      endpoint_url: network.endpoint,
      ca_bundle: network.authority,
      ...keySettings(alice),
    }),
    section('profile proxied', { endpoint_url: `https://${proxiedHost}`, ...keySettings(alice) }),
    's3 =\n  addressing_style = path\n',
    section('profile yonder', {
      endpoint_url: `https://${proxiedHost}`,
      ca_bundle: network.authority,
      ...keySettings(alice),
    }),
    section('profile nowhere', { endpoint_url: 'nowhere', ...keySettings(alice) }),
    section('profile ahead', at(ahead, alice)),
    section('profile portal', {
      endpoint_url: home.endpoint,
      sso_session: signIn.session,
      sso_account_id: signIn.accountId,
      sso_role_name: signIn.roleName,
      services: 'local',
    }),
    `[sso-session ${signIn.session}]\nsso_region = ${signIn.region}\nsso_start_url = ${signIn.startUrl}\n`,
    `[services local]\nsso =\n  endpoint_url = ${portal.endpoint}\nsts =\n  endpoint_url = ${sts.endpoint}\n`,
  ].join('\n');
}

function section(name: string, settings: Readonly<Record<string, string>>): string {
  return profileText(name, { region: 'us-east-1', ...settings });
}
