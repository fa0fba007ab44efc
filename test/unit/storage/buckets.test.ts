import assert from 'node:assert/strict';
import { EndlessBucketsError, listBuckets } from '../../../src/core/storage/buckets.js';
import { assertExplained } from '../support/explanations.js';
import { useLimitedConnection } from '../support/limitedConnection.js';
import { alice } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { useListener, useWebServer } from '../support/webServer.js';

describe('listBuckets', () => {
  const use = useServer();
  const serve = useWebServer();

  it('names all buckets with their regions', async () => {
    assert.deepEqual(await listBuckets(await use.connect()), [
      { name: 'docs', region: 'us-east-1' },
      { name: 'eu-docs', region: 'eu-central-1' },
    ]);
  });

  it('remembers the regions, so that none has to be looked up', async () => {
    const connection = await use.connect();
    await listBuckets(connection);
    use.server.clearRequests();
    assert.equal(await connection.regionOf('eu-docs'), 'eu-central-1');
    assert.equal(await connection.regionOf('docs'), 'us-east-1');
    assert.equal(use.server.requests.length, 0);
  });

  it('reads every page of a long list, each bucket once and in order', async () => {
    const names = Array.from({ length: 2100 }, (_, index) => `many-${String(index).padStart(4, '0')}`);
    for (const name of names) use.server.createBucket(name);
    const listed = (await listBuckets(await use.connect())).map(({ name }) => name);
    assert.deepEqual(listed, ['docs', 'eu-docs', ...names]);
    assert.equal(use.server.requests.length, 3);
  });

  it('does not accept an empty region', async () => {
    const bucket = '<Bucket><Name>docs</Name><BucketRegion></BucketRegion></Bucket>';
    const page = `<ListAllMyBucketsResult><Buckets>${bucket}</Buckets></ListAllMyBucketsResult>`;
    const settings = { ...keySettings(alice), endpoint_url: await serve(200, page) };
    use.aws.write({ credentials: profileText('alice', settings) });
    const connection = await use.connect();
    assert.deepEqual(await listBuckets(connection), [{ name: 'docs', region: undefined }]);
    assert.equal(connection.knownRegion('docs'), undefined);
  });
});

/** The bucket and the token of each page of an endless list. */
const endless: Readonly<Record<string, (page: number) => readonly [bucket: string, token: string]>> = {
  'repeats a page': () => ['docs', 'more'],
  'repeats several pages': (page) => [`b-${page % 3}`, `more-${page % 3}`],
  'continues with the same bucket': (page) => ['docs', `more-${page}`],
  'continues with other buckets': (page) => [`b-${page}`, `more-${page}`],
};

describe('listBuckets of a store whose list', () => {
  const listen = useListener();
  const open = useLimitedConnection();

  for (const [what, pageOf] of Object.entries(endless)) {
    it(`${what}: stops, says so and keeps what was listed`, async () => {
      const listed = new Set<string>();
      let pages = 0;
      const endpoint = await listen((_request, response) => {
        const [bucket, token] = pageOf(pages);
        pages += 1;
        listed.add(bucket);
        response.writeHead(200, { 'content-type': 'application/xml' });
        response.end(
          `<ListAllMyBucketsResult><Buckets><Bucket><Name>${bucket}</Name></Bucket></Buckets><ContinuationToken>${token}</ContinuationToken></ListAllMyBucketsResult>`,
        );
      });
      const error = await rejection(listBuckets(await open(endpoint)));
      assert.ok(error instanceof EndlessBucketsError, error.name);
      assertExplained(error, { text: /never reports the end of this list/, remedy: 'retry' });
      assert.deepEqual(new Set(error.buckets.map(({ name }) => name)), listed);
      assert.ok(pages <= 200, `${pages} pages`);
    });
  }
});

describe('listBuckets without a list', () => {
  const use = useServer();

  it('is refused without permission to list buckets', async () => {
    assert.equal((await rejection(listBuckets(await use.connect('mallory')))).name, 'AccessDenied');
  });

  it('stops when aborted', async () => {
    const arrived = use.hang('ListBuckets');
    const controller = new AbortController();
    const waiting = rejection(listBuckets(await use.connect(), controller.signal));
    await arrived;
    controller.abort();
    assert.equal((await waiting).name, 'AbortError');
  });
});
