import assert from 'node:assert/strict';
import { decodeKey, listBelow, listPage } from '../../../src/core/storage/listing.js';
import { EndlessListError } from '../../../src/core/storage/pageTrail.js';
import { listVersions } from '../../../src/core/storage/versions.js';
import { useLimitedConnection } from '../support/limitedConnection.js';
import { rejection } from '../support/values.js';
import { useListener } from '../support/webServer.js';

/** Keys as a listing has them, and what they are. */
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

  it('has one malformed key lists it as it is written, beside the others', async () => {
    const prefixes = '<CommonPrefixes><Prefix>50%/</Prefix></CommonPrefixes>';
    const { connection } = await store(() => page(object('a+b') + object('100%') + prefixes));
    const listed = await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
    assert.deepEqual(
      listed.objects.map(({ key }) => key),
      ['a b', '100%'],
    );
    assert.deepEqual(listed.prefixes, ['50%/']);
  });

  it('has one malformed key among the versions lists those of the others', async () => {
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

  it('goes on without saying how is not taken for whole', async () => {
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

const endless: Readonly<Record<string, (request: number) => string>> = {
  'repeats a page': () => page(object('a'), 'more'),
  'goes round in a circle': (request) => page(object('a'), `more-${request % 3}`),
  'goes on with nothing': (request) => page('', `more-${request}`),
  'goes on without saying how': () => page(object('a'), ''),
};

describe('everything below a prefix of a store whose listing', () => {
  const store = useStore();

  for (const [what, answer] of Object.entries(endless)) {
    it(`${what} is not read for ever`, async () => {
      const { connection, asked } = await store(answer);
      const read = async () => {
        for await (const objects of listBelow(connection, { bucket: 'docs', prefix: '' })) {
          assert.ok(objects.length <= 1);
        }
      };
      const error = await rejection(read());
      assert.ok(error instanceof EndlessListError, error.name);
      assert.ok(asked() <= 100, `${asked()} requests`);
    });
  }
});
