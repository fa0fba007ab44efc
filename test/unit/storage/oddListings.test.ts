import assert from 'node:assert/strict';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { decodeKey, listRecursively, listPage } from '../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { EndlessListError } from '../../../src/core/storage/paginationGuard.js';
import { listVersions } from '../../../src/core/storage/versions.js';
import { useLimitedConnection } from '../support/limitedConnection.js';
import { rejection } from '../../support/values.js';
import { useListener } from '../support/webServer.js';

/** Keys as written in a listing, and as decoded. */
const written: readonly (readonly [written: string, key: string])[] = [
  ['a+b%20c%2Fd', 'a b c/d'],
  ['%E2%82%AC', '€'],
  ['100%', '100%'],
  ['50%+off', '50% off'],
  ['%zz+%41', '%zz A'],
  ['%ff', '%ff'],
  ['%E2%82', '%E2%82'],
  ['a+b%2F%FF', 'a b%2F%FF'],
];

describe('decodeKey', () => {
  for (const [text, key] of written) {
    it(text, () => {
      assert.equal(decodeKey(text), key);
    });
  }
});

const page = (entries: string, token?: string) =>
  `<ListBucketResult><Name>docs</Name><EncodingType>url</EncodingType><IsTruncated>${String(token !== undefined)}</IsTruncated>${entries}${token === undefined || token === '' ? '' : `<NextContinuationToken>${token}</NextContinuationToken>`}</ListBucketResult>`;

const object = (key: string) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`;

/** Connects to stores that answer each request by its number. */
function useStore() {
  const listen = useListener();
  const open = useLimitedConnection();
  return async (answer: (request: number) => string) => {
    let requests = 0;
    const endpoint = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(answer(requests));
      requests += 1;
    });
    const connection = await open(endpoint);
    return { connection, asked: () => requests };
  };
}

describe('a store whose listing', () => {
  const store = useStore();

  it('has one malformed key: lists it as written, next to the others', async () => {
    const prefixes = '<CommonPrefixes><Prefix>50%/</Prefix></CommonPrefixes>';
    const { connection } = await store(() => page(object('a+b') + object('100%') + prefixes));
    const listed = await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
    assert.deepEqual(
      listed.objects.map(({ key }) => key),
      ['a b', '100%'],
    );
    assert.deepEqual(listed.prefixes, ['50%/']);
  });

  it('has one malformed key among the versions: lists the other versions', async () => {
    const version = (key: string) => `<Version><Key>${key}</Key><VersionId>1</VersionId></Version>`;
    const { connection } = await store(
      () =>
        `<ListVersionsResult><EncodingType>url</EncodingType>${version('a%')}${version('a')}</ListVersionsResult>`,
    );
    const versions = await listVersions(connection, { bucket: 'docs', key: 'a' });
    assert.deepEqual(
      versions.map(({ versionId }) => versionId),
      ['1'],
    );
  });

  it('is truncated without a token: is not treated as complete', async () => {
    const { connection, asked } = await store(() => page(object('a'), ''));
    const request = { bucket: 'docs', prefix: '', pageSize: 10 };
    const { objects, continuationToken } = await listPage(connection, request);
    assert.equal(objects.length, 1);
    assert.ok(continuationToken !== undefined);
    const error = await rejection(listPage(connection, { ...request, continuationToken }));
    assert.ok(error instanceof EndlessListError, error.name);
    assert.equal(asked(), 1);
  });
});

/** Elements with unreadable dates. */
const oddDates: readonly string[] = [
  '<D/>',
  '<D></D>',
  '<D>yesterday</D>',
  '<D>2026-13-45T00:00:00Z</D>',
  '<D>2026-01-01T00:00:00Z</D><D>2026-01-02T00:00:00Z</D>',
];

describe('a store with an unreadable date', () => {
  const store = useStore();
  const good = new Date('2026-01-01T00:00:00Z');
  const goodDate = `<D>${good.toISOString()}</D>`;
  const named = (name: string, date: string) => date.replaceAll(/(<\/?)D/g, `$1${name}`);

  for (const odd of oddDates) {
    it(`lists the objects, the others with their dates: ${odd}`, async () => {
      const entries = [odd, goodDate].map(
        (date, index) => `<Contents><Key>${index}</Key>${named('LastModified', date)}</Contents>`,
      );
      const { connection } = await store(() => page(entries.join('')));
      const { objects } = await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
      assert.deepEqual(
        objects.map(({ key, lastModified }) => [key, lastModified]),
        [
          ['0', undefined],
          ['1', good],
        ],
      );
    });
  }

  it('lists the versions', async () => {
    const versions = [oddDates[1], goodDate].map(
      (date) => `<Version><Key>a</Key>${named('LastModified', String(date))}</Version>`,
    );
    const { connection } = await store(
      () => `<ListVersionsResult><Name>docs</Name>${versions.join('')}</ListVersionsResult>`,
    );
    const listed = await listVersions(connection, { bucket: 'docs', key: 'a' });
    assert.deepEqual(
      listed.map(({ lastModified }) => lastModified),
      [undefined, good],
    );
  });

  it('lists the buckets', async () => {
    const buckets = [oddDates[2], goodDate].map(
      (date, index) => `<Bucket><Name>b${index}</Name>${named('CreationDate', String(date))}</Bucket>`,
    );
    const { connection } = await store(
      () => `<ListAllMyBucketsResult><Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`,
    );
    assert.deepEqual(
      (await listBuckets(connection)).map(({ name }) => name),
      ['b0', 'b1'],
    );
  });
});

describe('an object with an unreadable date', () => {
  const listen = useListener();
  const open = useLimitedConnection();

  it('is described without it', async () => {
    const endpoint = await listen((_request, response) => {
      response.writeHead(200, { 'last-modified': 'yesterday', 'content-length': '5' }).end();
    });
    const entry = await getObjectEntry(await open(endpoint), { bucket: 'docs', key: 'a' });
    assert.deepEqual([entry?.sizeBytes, entry?.lastModified], [5, undefined]);
  });
});

const endless: Readonly<Record<string, (request: number) => string>> = {
  'repeats a page': () => page(object('a'), 'more'),
  'repeats several pages': (request) => page(object('a'), `more-${request % 3}`),
  'continues with the same object': (request) => page(object('a'), `more-${request}`),
  'continues with the same few objects': (request) => page(object(`a-${request % 3}`), `more-${request}`),
  'continues with empty pages': (request) => page('', `more-${request}`),
  'is truncated without a token': () => page(object('a'), ''),
};

describe('all keys below a prefix of a store whose listing', () => {
  const store = useStore();

  for (const [what, answer] of Object.entries(endless)) {
    it(`${what}: are not read forever`, async () => {
      const { connection, asked } = await store(answer);
      const read = async () => {
        for await (const objects of listRecursively(connection, { bucket: 'docs', prefix: '' })) {
          assert.ok(objects.length <= 1);
        }
      };
      const error = await rejection(read());
      assert.ok(error instanceof EndlessListError, error.name);
      assert.ok(asked() <= 103, `${asked()} requests`);
    });
  }
});
