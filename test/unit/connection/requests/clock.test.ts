import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection.js';
import { listBuckets } from '../../../../src/core/storage/buckets.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { startSts } from '../../../servers/aws/sts.js';
import { assertWorks, object, signObject, useCredentialSources } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { signedAt } from '../../../support/signedLinks.js';
import { keySettings } from '../../../support/awsSettings.js';

const minute = 60_000;

/** The time at which a link is signed, according to the link. */
async function signingTime(connection: Connection): Promise<number> {
  return signedAt(new URL((await signObject(connection)).url));
}

/**
 * Asserts that two times agree. Allows for whole seconds, in which clocks are compared, and for the duration
 * of the test, however slow the machine is.
 */
function useNearness(): (timeMs: number, expectedMs: number) => void {
  let began = 0;
  beforeEach(() => {
    began = performance.now();
  });
  return (timeMs, expectedMs) => {
    const toleranceMs = 3000 + performance.now() - began;
    assert.ok(Math.abs(timeMs - expectedMs) < toleranceMs, `${timeMs - expectedMs} ms off`);
  };
}

/** A connection to a server whose clock differs, and the reported differences. */
function useOtherClock() {
  const use = useCredentialSources();
  const told: number[] = [];
  beforeEach(() => {
    told.length = 0;
  });
  const open = async (aheadMs: number) => {
    use.clock = () => new Date(Date.now() + aheadMs);
    use.configure({ 'profile p': keySettings(alice) });
    return use.connect(undefined, { onClockChange: (offsetMs) => told.push(offsetMs) });
  };
  return { use, told, open };
}

describe('a server with a different clock', () => {
  const { use, told, open } = useOtherClock();
  const assertNear = useNearness();

  for (const minutes of [5, -5, 20, -20]) {
    it(`by ${minutes} minutes: requests and links use its time, and it is reported once`, async () => {
      const connection = await open(minutes * minute);
      // A refusal reveals a difference of more than 15 minutes.
      await listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 }).catch(() => undefined);
      use.server.clearRequests();
      await assertWorks(connection, () => alice.accessKeyId);
      assert.ok(use.server.requests.every(({ status }) => status === 200));
      assertNear(await signingTime(connection), Date.now() + minutes * minute);
      assert.equal(told.length, 1);
      assertNear(Number(told[0]), minutes * minute);
      assert.equal(connection.clock.offsetMs, told[0]);
    });
  }

  it('by half a minute: is ignored', async () => {
    const connection = await open(minute / 2);
    await assertWorks(connection, () => alice.accessKeyId);
    assertNear(await signingTime(connection), Date.now());
    assert.deepEqual(told, []);
  });

  it('applies to the clients of all regions, earlier and later ones', async () => {
    const connection = await open(20 * minute);
    use.server.createBucket('eu-docs', { region: 'eu-central-1' });
    use.server.createBucket('ap-docs', { region: 'ap-south-1' });
    connection.client('eu-central-1');
    await listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 }).catch(() => undefined);
    use.server.clearRequests();
    for (const bucket of ['eu-docs', 'ap-docs']) {
      await listPage(connection, { bucket, prefix: '', pageSize: 10 });
    }
    // 403 would be a refusal because of the time; S3 refuses a wrong region with 400.
    assert.ok(use.server.requests.every(({ status }) => status !== 403));
    assert.equal(told.length, 1);
  });
});

describe("this machine's clock, set while a connection is open", () => {
  const use = useCredentialSources();
  const assertNear = useNearness();
  let offMs = 0;
  const clock = () => new Date(Date.now() + offMs);

  for (const [what, minutes] of [
    ['right', 30],
    ['wrong', -30],
    ['wrong by less than S3 allows', -5],
  ] as const) {
    it(`${what}: the next link is signed with the time of S3, at the cost of one request`, async () => {
      offMs = minutes > 0 ? -minutes * minute : 0;
      use.configure({ 'profile p': keySettings(alice) });
      const connection = await use.connect(undefined, { clock });
      await listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 }).catch(() => undefined);
      await signObject(connection);
      use.server.clearRequests();
      offMs += minutes * minute;
      assertNear(await signingTime(connection), Date.now());
      await signObject(connection);
      assert.deepEqual(
        use.server.requests.map(({ operation }) => operation),
        ['HeadBucket'],
      );
    });
  }

  it('is trusted when nothing answers', async () => {
    offMs = -30 * minute;
    use.configure({ 'profile p': keySettings(alice) });
    const connection = await use.connect(undefined, { clock });
    await signObject(connection);
    await use.server.close();
    offMs = 0;
    assertNear(await signingTime(connection), Date.now());
    assert.equal(connection.clock.isKnown, false);
  });
});

describe('a link to a bucket whose region is known without a request', () => {
  const { use, open } = useOtherClock();
  const assertNear = useNearness();

  it('is signed with the time of S3', async () => {
    const connection = await open(20 * minute);
    connection.rememberRegion(object.bucket, 'us-east-1');
    assertNear(await signingTime(connection), Date.now() + 20 * minute);
  });

  it('is not signed without an MFA code, and nothing is sent', async () => {
    const arn = 'arn:aws:iam::123456789012:role/r';
    use.configure({
      'profile p': { role_arn: arn, source_profile: 'base', mfa_serial: 'device', region: 'us-east-1' },
      'profile base': keySettings(alice),
    });
    let asked = 0;
    const mfaCode = () => Promise.resolve(void (asked += 1));
    const connection = await use.connect(undefined, { mfaCode });
    connection.rememberRegion(object.bucket, 'us-east-1');
    await assert.rejects(signObject(connection), { name: 'AbortError' });
    assert.deepEqual([asked, use.server.requests.length], [1, 0]);
  });
});

describe('a server with a different clock, on first contact', () => {
  const { use, open } = useOtherClock();

  for (const minutes of [20, -20]) {
    it(`by ${minutes} minutes: costs the first request one retry`, async () => {
      const connection = await open(minutes * minute);
      await listBuckets(connection);
      assert.deepEqual(
        use.server.requests.map(({ status }) => status),
        [403, 200],
      );
    });
  }
});

describe('an STS with a different clock', () => {
  const use = useCredentialSources();
  const arn = 'arn:aws:iam::123456789012:role/r';

  for (const minutes of [20, -20]) {
    it(`by ${minutes} minutes: refuses once, then returns a role that lists and signs`, async () => {
      const clock = () => new Date(Date.now() + minutes * minute);
      use.clock = clock;
      const sts = await use.start(startSts({ issuer: use.issuer, roles: [{ arn }], clock }));
      use.configure({
        'profile p': { role_arn: arn, source_profile: 'base', services: 'local' },
        'profile base': keySettings(alice),
        'services local': { sts: { endpoint_url: sts.endpoint } },
      });
      await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
      assert.equal(sts.requests.length, 2);
    });
  }
});
