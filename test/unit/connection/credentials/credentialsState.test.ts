import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialsState } from '../../../../src/core/connection/credentials/identity.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { startSsoPortal } from '../../../servers/aws/sso.js';
import { startSts } from '../../../servers/aws/sts.js';
import { object, useCredentialSources } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { must, rejection } from '../../../support/values.js';

const arn = 'arn:aws:iam::123456789012:role/r';
const minuteMs = 60_000;

/**
 * A connection that reports its credentials; the test moves the clocks of this machine and of its servers.
 */
function useStates() {
  const use = useCredentialSources();
  const states: CredentialsState[] = [];
  const time = { aheadMs: 0 };
  beforeEach(() => {
    states.splice(0);
    time.aheadMs = 0;
    use.clock = clock;
  });
  const clock = () => new Date(Date.now() + time.aheadMs);
  const connect = () =>
    use.connect(undefined, {
      clock,
      onCredentials: (state) => {
        states.push(state);
      },
    });
  /** The answer reveals the time of the server. */
  const list = (connection: Awaited<ReturnType<typeof connect>>) =>
    listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 });
  return { use, states, time, clock, connect, list };
}

describe('the reported state of credentials from a sign-in', () => {
  const { use, states, time, connect, list } = useStates();

  async function open() {
    const sso = { accountId: '1', roleName: 'r', accessToken: 'access' };
    const unused = { clientId: '', clientSecret: '', refreshToken: '' };
    const portal = await use.start(startSsoPortal({ issuer: use.issuer, ...sso, ...unused }));
    const cache = join(use.aws.folder, '.aws', 'sso', 'cache');
    const file = join(cache, `${createHash('sha1').update('s').digest('hex')}.json`);
    mkdirSync(cache, { recursive: true });
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    writeFileSync(file, JSON.stringify({ accessToken: 'access', expiresAt }));
    use.configure({
      'profile p': { sso_session: 's', sso_account_id: '1', sso_role_name: 'r', services: 'local' },
      'sso-session s': { sso_region: 'eu-west-1', sso_start_url: 'https://x.awsapps.com/start' },
      'services local': { sso: { endpoint_url: portal.endpoint } },
    });
    return file;
  }

  it('is their expiry while they are valid, even if they cannot be renewed', async () => {
    const file = await open();
    const connection = await connect();
    await list(connection);
    const told = { kind: 'at', at: must(use.issuer.last).expiration, usesSignIn: true };
    assert.deepEqual(states, [told]);
    rmSync(file);
    time.aheadMs = 57 * minuteMs;
    await list(connection);
    await list(connection);
    await connection.renewedIdentity();
    assert.deepEqual(states, [told]);
  });

  it('is that a sign-in is needed once they have expired', async () => {
    const file = await open();
    const connection = await connect();
    await list(connection);
    rmSync(file);
    time.aheadMs = 61 * minuteMs;
    await rejection(list(connection));
    assert.deepEqual(states.at(-1), { kind: 'signInNeeded' });
  });
});

describe('the expiry of the credentials for a link', () => {
  const { use, states, time, clock, connect, list } = useStates();

  async function open() {
    const sts = await use.start(startSts({ issuer: use.issuer, roles: [{ arn }], clock }));
    use.configure({
      'profile p': { role_arn: arn, source_profile: 'base', endpoint_url: sts.endpoint },
      'profile base': keySettings(alice),
    });
    const connection = await connect();
    await list(connection);
    return { sts, connection };
  }

  it('is that of renewed ones if the current ones expire before the link', async () => {
    const { sts, connection } = await open();
    const first = must(use.issuer.last);
    // STS accepts signatures by a clock that is less than five minutes off.
    time.aheadMs = 4 * minuteMs;
    await list(connection);
    const { keys, expiry } = await connection.identityUntil(new Date(Date.now() + 7 * 24 * 60 * minuteMs));
    const renewed = must(use.issuer.last);
    assert.deepEqual(expiry, { kind: 'at', at: renewed.expiration });
    assert.deepEqual([keys.accessKeyId === renewed.accessKeyId, renewed === first], [true, false]);
    assert.equal(sts.requests.length, 2);
    assert.equal(states.length, 2);
  });

  it('is that of the current ones if they last long enough', async () => {
    const { sts, connection } = await open();
    time.aheadMs = 10 * minuteMs;
    await list(connection);
    await connection.identityUntil(new Date(Date.now() + 30 * minuteMs));
    assert.equal(sts.requests.length, 1);
  });
});
