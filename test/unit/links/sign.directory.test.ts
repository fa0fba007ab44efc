import assert from 'node:assert/strict';
import { signLink } from '../../../src/core/links/sign.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { queryOf } from '../support/queries.js';
import { alice } from '../../support/identities.js';
import { useServer } from '../../support/server.js';
import { poll } from '../../support/poll.js';
import { scopeOf, takeApart } from '../../support/verifier.js';

const bucket = 'data--use1-az4--x-s3';
const request = { kind: 'get', bucket, key: 'in/a b.txt', expiresInSeconds: 3600 } as const;

describe('signLink in a directory bucket', () => {
  const use = useServer();
  beforeEach(() => {
    use.server.createBucket(bucket);
    use.server.putObject(bucket, request.key, 'hello');
  });

  it('signs for the five minutes of a session, and says so', async () => {
    const link = await signLink(await use.connect(), request);
    assert.equal(link.limit, 'session');
    assert.ok(link.validSeconds > 290 && link.validSeconds <= 300, String(link.validSeconds));
    assert.equal(queryOf(link.url).get('X-Amz-Expires'), String(link.validSeconds));
    assert.equal((await fetch(link.url)).status, 200);
    const scope = scopeOf(takeApart(link.url));
    assert.deepEqual([scope.region, scope.service], ['us-east-1', 's3express']);
    assert.notEqual(scope.accessKeyId, alice.accessKeyId);
  });

  it('expires within two seconds of its stated expiry', async () => {
    const link = await signLink(await use.connect(), request);
    use.now = new Date(link.expiresAt.getTime() - 1000);
    assert.equal((await fetch(link.url)).status, 200);
    use.now = new Date(link.expiresAt.getTime() + 2000);
    assert.notEqual((await fetch(link.url)).status, 200);
  });

  it('still states the true expiry when shortening is off', async () => {
    const link = await signLink(await use.connect(), request, { shorten: false });
    assert.equal(queryOf(link.url).get('X-Amz-Expires'), '3600');
    assert.ok(link.limit === 'session' && link.validSeconds <= 300);
    use.now = new Date(link.expiresAt.getTime() + 2000);
    assert.notEqual((await fetch(link.url)).status, 200);
  });
});

describe('signLink in a directory bucket whose session starts slowly', () => {
  const use = useServer();
  beforeEach(() => {
    use.server.createBucket(bucket);
    use.server.putObject(bucket, request.key, 'hello');
  });

  it('counts from the start of the session', async () => {
    const connection = await use.connect();
    const asked = use.hang('CreateSession');
    const signing = signLink(connection, { ...request, expiresInSeconds: 60 });
    await asked;
    const second = Math.floor(Date.now() / 1000);
    await poll(() => Date.now() >= (second + 2) * 1000, { what: 'the next second but one' });
    use.server.setFault(undefined);
    const link = await signing;
    assert.ok(link.expiresAt.getTime() >= (second + 2 + 60) * 1000, link.expiresAt.toISOString());
  });
});

describe('signLink in a directory bucket, more than once', () => {
  const use = useServer();
  beforeEach(() => {
    use.server.createBucket(bucket);
    use.server.putObject(bucket, request.key, 'hello');
  });

  it('does not change a link that expires before the session', async () => {
    const link = await signLink(await use.connect(), { ...request, expiresInSeconds: 60 });
    assert.deepEqual([link.validSeconds, link.limit], [60, 'none']);
  });

  it('starts a session for each link, so that none gets the last seconds of one', async () => {
    const connection = await use.connect();
    await getObjectEntry(connection, request);
    use.server.clearRequests();
    const links = [await signLink(connection, request), await signLink(connection, request)];
    assert.deepEqual(
      use.server.requests.map(({ operation }) => operation),
      ['CreateSession', 'CreateSession'],
    );
    assert.equal(new Set(links.map(({ url }) => scopeOf(takeApart(url)).accessKeyId)).size, 2);
  });

  it('a PUT link stores what is sent', async () => {
    const link = await signLink(await use.connect(), { ...request, kind: 'put', key: '/odd' });
    assert.equal((await fetch(link.url, { method: 'PUT', body: Buffer.from('x') })).status, 200);
    assert.deepEqual(use.server.keys(bucket), ['/odd', request.key]);
  });
});
