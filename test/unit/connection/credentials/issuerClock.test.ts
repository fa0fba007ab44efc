import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection.js';
import type { CredentialsState } from '../../../../src/core/connection/credentials/identity.js';
import type { Link } from '../../../../src/core/links/sign.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { startSts } from '../../../servers/aws/sts.js';
import { object, signObject, useCredentialSources } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { inSeconds } from '../../../support/signInFiles.js';
import { useSso } from '../../support/ssoFiles.js';
import { must } from '../../../support/values.js';

const arn = 'arn:aws:iam::123456789012:role/mfa-admin';
const minute = 60_000;
const day = 24 * 60 * minute;
const lifeSeconds = 1800;

function list(connection: Connection): Promise<unknown> {
  return listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 });
}

/** Asserts that a link of an hour is cut to the half hour of its keys, and works. */
async function assertTruthful(link: Link, end: Date): Promise<void> {
  assert.equal(link.limit, 'credentials');
  assert.ok(Math.abs(link.validSeconds - lifeSeconds) < 30, `${link.validSeconds} seconds`);
  assertNear(link.expiresAt, end);
  assert.equal(await (await fetch(link.url)).text(), 'hello');
}

function assertNear(told: Date, expected: Date): void {
  const laterMs = told.getTime() - expected.getTime();
  assert.ok(Math.abs(laterMs) < 3000, `${laterMs} ms later`);
}

/** A role that needs an MFA code, with keys for half an hour by a correct clock. The other clocks are off. */
function useMfaRole() {
  const use = useCredentialSources();
  const [off, told] = [{ storeMs: 0, machineMs: 0 }, [] as CredentialsState[]];
  const asked = { count: 0 };
  beforeEach(() => {
    Object.assign(off, { storeMs: 0, machineMs: 0 });
    asked.count = 0;
    told.length = 0;
    use.clock = () => new Date(Date.now() + off.storeMs);
  });
  const open = async (): Promise<Connection> => {
    const mfa = { serial: 'device', codes: ['123456'] };
    const sts = await use.start(startSts({ issuer: use.issuer, roles: [{ arn, mfa, lifeSeconds }] }));
    use.configure({
      'profile p': { role_arn: arn, source_profile: 'base', mfa_serial: 'device', services: 'local' },
      'profile base': keySettings(alice),
      'services local': { sts: { endpoint_url: sts.endpoint } },
    });
    return use.connect(undefined, {
      clock: () => new Date(Date.now() + off.machineMs),
      onCredentials: (state) => told.push(state),
      mfaCode: () => Promise.resolve(((asked.count += 1), '123456')),
    });
  };
  /** By the clock of the store, which links are signed with. */
  const end = () => new Date(must(use.issuer.last).expiration.getTime() + off.storeMs);
  return { off, told, asked, open, end };
}

describe('keys of a service whose clock is right', () => {
  const { off, told, asked, open, end } = useMfaRole();

  for (const [what, storeMs, machineMs] of [
    ['a store whose clock is a day ahead', day, 0],
    ['a store whose clock is a day behind', -day, 0],
    ['a machine whose clock is a day ahead', 0, day],
    ['a machine whose clock is a day behind', 0, -day],
    ['both ahead, the store by more', day, 20 * minute],
    ['a store ahead and a machine behind', day, -20 * minute],
  ] as const) {
    it(`need one code with ${what}, and links state their true expiry`, async () => {
      Object.assign(off, { storeMs, machineMs });
      const connection = await open();
      for (let count = 0; count < 3; count += 1) {
        await list(connection);
        await assertTruthful(await signObject(connection, { expiresInSeconds: 3600 }), end());
      }
      assert.equal(asked.count, 1);
      const last = must(told.at(-1));
      assert.ok(last.kind === 'at');
      assertNear(last.at, end());
    });
  }

  it('need no second code when the clock of the store changes', async () => {
    const connection = await open();
    for (const storeMs of [0, day, 0, -day, 0]) {
      off.storeMs = storeMs;
      // A refusal reveals the change.
      await list(connection).catch(() => undefined);
      await assertTruthful(await signObject(connection, { expiresInSeconds: 3600 }), end());
    }
    assert.equal(asked.count, 1);
  });

  for (const minutes of [-10, 10]) {
    it(`need no second code when this machine's clock is set by ${minutes} minutes`, async () => {
      off.storeMs = day;
      const connection = await open();
      await list(connection);
      off.machineMs = minutes * minute;
      await list(connection);
      await assertTruthful(await signObject(connection, { expiresInSeconds: 3600 }), end());
      assert.equal(asked.count, 1);
    });
  }
});

describe('keys of a sign-in at a store whose clock is off', () => {
  const { use, open, signIn, configure } = useSso();

  for (const storeMs of [day, -day]) {
    it(`are requested once: ${storeMs / day} days`, async () => {
      const { portal, services, session } = await open();
      signIn(session, { expiresAt: inSeconds(3600) });
      configure(session, services);
      use.clock = () => new Date(Date.now() + storeMs);
      const connection = await use.connect();
      for (let count = 0; count < 3; count += 1) await list(connection);
      const link = await signObject(connection);
      assert.equal(link.limit, 'none');
      assert.equal(await (await fetch(link.url)).text(), 'hello');
      assert.equal(portal.requests.length, 1);
    });
  }
});
