import assert from 'node:assert/strict';
import { listPage } from '../../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../../src/core/storage/objects.js';
import { startStrictS3, type StrictS3 } from '../../../servers/strictS3/server.js';
import { startCountingProxy, type CountingProxy } from '../../../support/countingProxy.js';
import { dotSegmentKeys } from '../../../support/oddKeys.js';
import { alice } from '../../../support/identities.js';
import { keySettings, profileText } from '../../../support/awsSettings.js';
import { useServer } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';

describe('S3RequestHandler: dot segments', () => {
  const use = useServer();

  for (const key of Object.values(dotSegmentKeys)) {
    it(`requests ${key} and no other key`, async () => {
      use.server.putObject('docs', key, 'the right one');
      for (const decoy of ['a', 'b.txt', 'c.txt', 'a/b.txt', 'up.txt'])
        use.server.putObject('docs', decoy, '');
      const entry = await getObjectEntry(await use.connect(), { bucket: 'docs', key });
      assert.equal(entry?.sizeBytes, 'the right one'.length);
      const last = use.server.requests.at(-1);
      assert.equal(last?.path.split('?')[0], `/docs/${key}`);
      assert.equal(last.status, 200);
    });
  }
});

describe('S3RequestHandler: connections', () => {
  const use = useServer();
  let proxy: CountingProxy | undefined;
  afterEach(() => proxy?.close());

  async function connectThroughProxy() {
    proxy = await startCountingProxy(use.server.endpoint);
    use.aws.write({
      credentials: profileText('alice', { ...keySettings(alice), endpoint_url: proxy.endpoint }),
    });
    return { proxy, connection: await use.connect() };
  }

  it('uses at most two connections for twenty listings in a row', async () => {
    const through = await connectThroughProxy();
    for (let count = 0; count < 20; count += 1) {
      await listPage(through.connection, { bucket: 'docs', prefix: '', pageSize: 10 });
    }
    assert.equal(use.server.requests.length, 20);
    assert.ok(through.proxy.opened <= 2, `${through.proxy.opened} connections were opened`);
  });

  // Node's fetch closes a connection after each HEAD, so no request may look up a region.
  it('uses at most two connections for twenty buckets of unknown region', async () => {
    const through = await connectThroughProxy();
    for (let count = 0; count < 20; count += 1) {
      use.server.createBucket(`b-${count}`);
      await listPage(through.connection, { bucket: `b-${count}`, prefix: '', pageSize: 10 });
    }
    assert.ok(through.proxy.opened <= 2, `${through.proxy.opened} connections were opened`);
  });

  it('uses at most two connections for clients of several regions', async () => {
    const through = await connectThroughProxy();
    for (let count = 0; count < 10; count += 1) {
      await listPage(through.connection, { bucket: 'docs', prefix: '', pageSize: 10 });
      await listPage(through.connection, { bucket: 'eu-docs', prefix: '', pageSize: 10 });
    }
    assert.ok(through.proxy.opened <= 2, `${through.proxy.opened} connections were opened`);
  });
});

describe('S3RequestHandler: an aborted request', () => {
  const use = useServer();

  it('rejects with AbortError, with and without dot segments', async () => {
    const connection = await use.connect();
    for (const key of ['plain', 'a/../b']) {
      const arrived = use.hang('HeadObject');
      const controller = new AbortController();
      const waiting = rejection(getObjectEntry(connection, { bucket: 'docs', key }, controller.signal));
      await arrived;
      controller.abort();
      assert.equal((await waiting).name, 'AbortError');
    }
  });
});

/** Some of the ports that `fetch` refuses. Source: Fetch standard, "Port blocking". */
const refusedByFetch = [10080, 6697, 6566, 6000, 4190, 2049];

async function startAtRefusedPort(): Promise<StrictS3> {
  for (const port of refusedByFetch) {
    const server = await startStrictS3({ credentials: [alice], port }).catch(() => undefined);
    if (server !== undefined) return server;
  }
  throw new Error(`None of these ports is free: ${refusedByFetch.join()}.`);
}

describe('S3RequestHandler: a port that fetch refuses', () => {
  const use = useServer();

  it('is reached anyway', async () => {
    const server = await startAtRefusedPort();
    try {
      await assert.rejects(fetch(server.endpoint));
      server.createBucket('behind');
      use.aws.write({
        credentials: profileText('alice', { ...keySettings(alice), endpoint_url: server.endpoint }),
      });
      const page = await listPage(await use.connect(), { bucket: 'behind', prefix: '', pageSize: 10 });
      assert.deepEqual(page.objects, []);
    } finally {
      await server.close();
    }
  });
});
