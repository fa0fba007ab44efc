import assert from 'node:assert/strict';
import { BucketError } from '../../../src/core/connection/bucketKind.js';
import { explain } from '../../../src/core/failures/explain.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { listPage } from '../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { startStrictS3 } from '../../servers/strictS3/server.js';
import { temporary } from '../../support/identities.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { rejection } from '../../support/values.js';

const asked = ({ server }: ServerUse) =>
  server.requests.map(({ operation, status }) => `${operation} ${status}`);

/** A connection that remembers an outdated region of a bucket. */
async function connectMisled(use: ServerUse, bucket: string) {
  const connection = await use.connect();
  connection.rememberRegion(bucket, 'ap-south-1');
  return connection;
}

describe('Connection: an outdated region', () => {
  const use = useServer();

  it('is corrected by the answer, and the listing is repeated once', async () => {
    use.server.putObject('eu-docs', 'a.txt', 'hello');
    const connection = await connectMisled(use, 'eu-docs');
    const page = await listPage(connection, { bucket: 'eu-docs', prefix: '', pageSize: 10 });
    assert.deepEqual(
      page.objects.map(({ key }) => key),
      ['a.txt'],
    );
    assert.equal(connection.knownRegion('eu-docs'), 'eu-central-1');
    assert.deepEqual(asked(use), ['ListObjectsV2 400', 'ListObjectsV2 200']);
  });

  it('is corrected when the answer to HEAD has no body', async () => {
    use.server.putObject('eu-docs', 'a.txt', 'hello');
    const connection = await connectMisled(use, 'eu-docs');
    assert.equal((await getObjectEntry(connection, { bucket: 'eu-docs', key: 'a.txt' }))?.sizeBytes, 5);
    assert.equal(connection.knownRegion('eu-docs'), 'eu-central-1');
  });

  for (const [status, code] of [
    [301, 'PermanentRedirect'],
    [307, 'TemporaryRedirect'],
    [400, 'AuthorizationHeaderMalformed'],
  ] as const) {
    it(`is looked up when a ${status} ${code} does not name it`, async () => {
      let told = 0;
      use.server.setFault(({ operation }) =>
        operation === 'ListObjectsV2' && told++ === 0 ? { kind: 'status', status, code } : undefined,
      );
      const connection = await connectMisled(use, 'eu-docs');
      await listPage(connection, { bucket: 'eu-docs', prefix: '', pageSize: 10 });
      assert.deepEqual(asked(use), [`ListObjectsV2 ${status}`, 'HeadBucket 400', 'ListObjectsV2 200']);
    });
  }
});

describe('Connection: a region named by a refusal for another reason', () => {
  const use = useServer();

  it('is used after a 403, and the listing is repeated once', async () => {
    use.server.putObject('eu-docs', 'a.txt', 'hello');
    let told = 0;
    use.server.setFault(({ operation }) =>
      operation === 'ListObjectsV2' && told++ === 0
        ? {
            kind: 'status',
            status: 403,
            code: 'AccessDenied',
            headers: { 'x-amz-bucket-region': 'eu-central-1' },
          }
        : undefined,
    );
    const connection = await use.connect();
    const page = await listPage(connection, { bucket: 'eu-docs', prefix: '', pageSize: 10 });
    assert.equal(page.objects.length, 1);
    assert.deepEqual(asked(use), ['ListObjectsV2 403', 'ListObjectsV2 200']);
  });
});

describe('Connection: a region that every answer corrects', () => {
  const use = useServer();

  it('is corrected only once', async () => {
    use.server.setFault(({ operation }) =>
      operation === 'ListObjectsV2'
        ? {
            kind: 'status',
            status: 301,
            code: 'PermanentRedirect',
            headers: { 'x-amz-bucket-region': 'sa-east-1' },
          }
        : undefined,
    );
    const connection = await connectMisled(use, 'eu-docs');
    await rejection(listPage(connection, { bucket: 'eu-docs', prefix: '', pageSize: 10 }));
    assert.equal(use.server.requests.length, 2);
  });
});

describe('Connection: an invalid region', () => {
  const use = useServer();
  for (const told of ['', 'EU (Frankfurt)', 'eu/central']) {
    it(`is ignored: ${JSON.stringify(told)}`, async () => {
      const headers = { 'x-amz-bucket-region': told };
      use.server.setFault(({ operation }) =>
        operation === 'HeadBucket'
          ? { kind: 'status', status: 403, code: 'AccessDenied', headers }
          : undefined,
      );
      use.server.putObject('docs', 'a.txt', 'hello');
      const connection = await use.connect();
      assert.equal(await connection.regionOf('docs'), 'us-east-1');
      const page = await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
      assert.equal(page.objects.length, 1);
    });
  }
});

describe('Connection: a correct region', () => {
  const use = useServer();

  it('does not cause refused requests to be repeated', async () => {
    for (const [status, code] of [
      [400, 'InvalidArgument'],
      [403, 'AccessDenied'],
      [301, 'PermanentRedirect'],
    ] as const) {
      use.server.setFault(({ operation }) =>
        operation === 'ListObjectsV2'
          ? { kind: 'status', status, code, headers: { 'x-amz-bucket-region': 'us-east-1' } }
          : undefined,
      );
      const connection = await use.connect();
      connection.rememberRegion('docs', 'us-east-1');
      use.server.clearRequests();
      await rejection(listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 }));
      assert.deepEqual(asked(use), [`ListObjectsV2 ${status}`]);
    }
  });

  it('is known only from the bucket name or the store', async () => {
    const connection = await use.connect();
    assert.equal(connection.knownRegion('eu-docs'), undefined);
    await connection.regionOf('eu-docs');
    assert.equal(connection.knownRegion('eu-docs'), 'eu-central-1');
    assert.equal(connection.knownRegion('data--use1-az4--x-s3'), 'us-east-1');
    await connection.regionOf('not-there');
    assert.equal(connection.knownRegion('not-there'), undefined);
  });
});

describe('Connection: a store that redirects to another endpoint', () => {
  const use = useServer();

  it('is reported with that endpoint, and nothing is sent there', async () => {
    const other = await startStrictS3({ credentials: [temporary] });
    try {
      const location = `${other.endpoint}/elsewhere/?`;
      use.server.setFault(({ operation }) =>
        operation === 'HeadBucket'
          ? { kind: 'status', status: 301, code: '', headers: { location } }
          : undefined,
      );
      const connection = await use.connect('temporary');
      const error = await rejection(connection.regionOf('elsewhere'));
      assert.ok(error instanceof BucketError);
      assert.match(error.message, new RegExp(`another endpoint of this store: ${other.endpoint}\\.`));
      assert.equal(connection.knownRegion('elsewhere'), undefined);
      assert.deepEqual(other.requests, []);
    } finally {
      await other.close();
    }
  });

  it('is not confused with the redirect of a Wi-Fi sign-in page', async () => {
    use.server.setFault(() => ({
      kind: 'status',
      status: 302,
      code: '',
      headers: { location: 'http://login.example.com/' },
    }));
    const error = await rejection((await use.connect()).regionOf('elsewhere'));
    assert.equal(error instanceof BucketError, false);
    assert.match(formatMessage(explain(error).message), /^Something between you and S3 answered instead/);
  });
});
