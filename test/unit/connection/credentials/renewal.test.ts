import assert from 'node:assert/strict';
import { CredentialsExpiredError } from '../../../../src/core/links/lifetime.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { startSts } from '../../../servers/aws/sts.js';
import { object, signerOf, signObject, useCredentialSources } from '../../support/credentialSources.js';
import { queryOf } from '../../support/queries.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';
import { must, rejection } from '../../../support/values.js';

const arn = 'arn:aws:iam::123456789012:role/r';

/** A role whose sessions are valid for that many seconds. */
function useRole() {
  const use = useCredentialSources();
  const open = async (lifeSeconds: number, clock?: () => Date) => {
    const sts = await use.start(startSts({ issuer: use.issuer, roles: [{ arn, lifeSeconds }] }));
    use.configure({
      'profile p': { role_arn: arn, source_profile: 'base', services: 'local' },
      'profile base': keySettings(alice),
      'services local': { sts: { endpoint_url: sts.endpoint } },
    });
    return { sts, connection: await use.connect(undefined, { clock }) };
  };
  return { use, open };
}

describe('a role that expires before the link', () => {
  const { use, open } = useRole();

  it('shortens the link to its own expiry, and states it', async () => {
    const { connection, sts } = await open(1200);
    const link = await signObject(connection, { expiresInSeconds: 3600 });
    assert.deepEqual(link.expiresAt, must(use.issuer.last).expiration);
    assert.equal(link.limit, 'credentials');
    assert.equal(queryOf(link.url).get('X-Amz-Expires'), String(link.validSeconds));
    assert.ok(link.validSeconds <= 1200 && link.validSeconds > 1140);
    // Keys obtained a moment ago are not renewed.
    assert.equal(sts.requests.length, 1);
  });

  it('signs the chosen expiry when shortening is off, and states the true one', async () => {
    const { connection } = await open(1200);
    const link = await signObject(connection, { expiresInSeconds: 3600, shorten: false });
    assert.equal(queryOf(link.url).get('X-Amz-Expires'), '3600');
    assert.deepEqual(link.expiresAt, must(use.issuer.last).expiration);
    assert.equal(link.limit, 'credentials');
  });

  it('that has expired signs nothing', async () => {
    const { connection } = await open(-10);
    assert.ok((await rejection(signObject(connection))) instanceof CredentialsExpiredError);
  });
});

describe('a role assumed a while ago', () => {
  const { use, open } = useRole();

  it('is renewed once before a link that outlasts it, and not for a shorter one', async () => {
    const time = { aheadMs: 0 };
    const clock = () => new Date(Date.now() + time.aheadMs);
    use.clock = clock;
    const { connection, sts } = await open(3600, clock);
    await signObject(connection, { expiresInSeconds: 60 });
    // The next answer of S3 reveals this time.
    time.aheadMs = 10 * 60_000;
    await listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 });
    const short = await signObject(connection, { expiresInSeconds: 60 });
    assert.deepEqual([sts.requests.length, short.limit], [1, 'none']);
    const first = signerOf(short);
    const long = await signObject(connection, { expiresInSeconds: 3600 });
    assert.equal(sts.requests.length, 2);
    assert.notEqual(signerOf(long), first);
    assert.equal(signerOf(long), must(use.issuer.last).accessKeyId);
    assert.equal(signerOf(await signObject(connection, { expiresInSeconds: 3600 })), signerOf(long));
    assert.equal(sts.requests.length, 2);
  });
});

describe('a role in its last five minutes', () => {
  const { use, open } = useRole();

  it('is not assumed again for each request', async () => {
    const { connection, sts } = await open(200);
    for (let count = 0; count < 3; count += 1) {
      await listPage(connection, { bucket: object.bucket, prefix: '', pageSize: 10 });
    }
    const link = await signObject(connection, { expiresInSeconds: 3600 });
    assert.equal(sts.requests.length, 1);
    assert.deepEqual(link.expiresAt, must(use.issuer.last).expiration);
    assert.equal(signerOf(link), must(use.issuer.last).accessKeyId);
  });
});
