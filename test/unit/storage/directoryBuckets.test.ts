import assert from 'node:assert/strict';
import { BucketError } from '../../../src/core/connection/bucketKind.js';
import { listPage } from '../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { rejection } from '../../support/values.js';

const bucket = 'data--use1-az4--x-s3';
const keys = ['a.txt', 'in/first.txt', 'in/second.txt', 'in/deep/third.txt', 'in/fourth.txt', '/odd'];

function fill({ server }: ServerUse): void {
  server.createBucket(bucket);
  for (const key of keys) server.putObject(bucket, key, key);
}

async function list(use: ServerUse, prefix: string) {
  const page = await listPage(await use.connect(), { bucket, prefix, pageSize: 100 });
  return { prefixes: page.prefixes, keys: page.objects.map(({ key }) => key) };
}

const operations = ({ server }: ServerUse) => server.requests.map(({ operation }) => operation);

describe('a directory bucket: browsing', () => {
  const use = useServer();
  beforeEach(() => {
    fill(use);
  });

  it('lists the bucket in order, in its own session and without looking up the region', async () => {
    assert.deepEqual(await list(use, ''), { prefixes: ['/', 'in/'], keys: ['a.txt'] });
    assert.deepEqual(operations(use), ['CreateSession', 'ListObjectsV2']);
  });

  it('lists a folder', async () => {
    assert.deepEqual(await list(use, 'in/'), {
      prefixes: ['in/deep/'],
      keys: ['in/first.txt', 'in/fourth.txt', 'in/second.txt'],
    });
  });

  it('completes a key without a prefix that the service would refuse', async () => {
    assert.deepEqual(await list(use, 'in/f'), { prefixes: [], keys: ['in/first.txt', 'in/fourth.txt'] });
    assert.deepEqual(await list(use, 'i'), { prefixes: ['in/'], keys: [] });
    assert.ok(use.server.requests.every(({ status }) => status === 200));
  });

  it('describes an object, even one whose key begins with a slash', async () => {
    const connection = await use.connect();
    assert.equal((await getObjectEntry(connection, { bucket, key: '/odd' }))?.sizeBytes, 4);
    assert.equal(await getObjectEntry(connection, { bucket, key: 'odd' }), undefined);
  });
});

describe('a directory bucket: sessions', () => {
  const use = useServer();
  beforeEach(() => {
    fill(use);
  });

  it('is listed next to general purpose buckets, which are signed for another service', async () => {
    const connection = await use.connect();
    for (const name of ['docs', bucket, 'docs', bucket]) {
      await listPage(connection, { bucket: name, prefix: '', pageSize: 10 });
    }
    assert.ok(use.server.requests.every(({ status }) => status === 200));
  });

  it('uses one session for many requests, and another when it has expired', async () => {
    const connection = await use.connect();
    const page = () => listPage(connection, { bucket, prefix: '', pageSize: 10 });
    await page();
    await page();
    assert.deepEqual(operations(use), ['CreateSession', 'ListObjectsV2', 'ListObjectsV2']);
    use.server.clearRequests();
    use.now = new Date(Date.now() + 6 * 60_000);
    // Its refusal reveals the clock of the server.
    await page().catch(() => undefined);
    await page();
    assert.equal(operations(use).filter((name) => name === 'CreateSession').length, 1);
  });
});

describe('a directory bucket at a store without directory buckets', () => {
  const use = useServer();

  for (const status of [405, 501]) {
    it(`is refused in one sentence: CreateSession is answered with ${status}`, async () => {
      fill(use);
      use.server.setFault(({ operation }) =>
        operation === 'CreateSession' ? { kind: 'status', status, code: 'NotImplemented' } : undefined,
      );
      const error = await rejection(list(use, ''));
      assert.ok(error instanceof BucketError);
      assert.match(error.message, /does not support directory buckets/);
    });
  }

  it('is refused without permission like any other bucket', async () => {
    fill(use);
    use.server.setFault(({ operation }) =>
      operation === 'CreateSession' ? { kind: 'status', status: 403, code: 'AccessDenied' } : undefined,
    );
    assert.equal((await rejection(list(use, ''))).name, 'AccessDenied');
  });
});
