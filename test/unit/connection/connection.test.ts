import assert from 'node:assert/strict';
import { connect, UnknownProfileError } from '../../../src/core/connection/connect.js';
import { EndpointError } from '../../../src/core/connection/stores/endpoint.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { alice, mallory, temporary } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer } from '../../support/server.js';
import { must, rejection } from '../../support/values.js';

describe('Connection: the region of a bucket', () => {
  const use = useServer();
  const headed = () => use.server.requests.filter(({ operation }) => operation === 'HeadBucket').length;

  it('is learned from HeadBucket and requested once', async () => {
    const connection = await use.connect();
    assert.equal(await connection.regionOf('docs'), 'us-east-1');
    assert.equal(await connection.regionOf('eu-docs'), 'eu-central-1');
    assert.equal(await connection.regionOf('eu-docs'), 'eu-central-1');
    assert.equal(headed(), 2);
  });

  it('is learned from an AccessDenied', async () => {
    use.server.createBucket('home', { region: 'us-east-1' });
    const connection = await use.connect('mallory');
    assert.equal(await connection.regionOf('eu-docs'), 'eu-central-1');
    assert.ok(use.server.requests.some(({ status }) => status >= 400));
  });
});

describe('Connection: the region of a bucket without permission for HeadBucket', () => {
  const use = useServer();

  for (const status of [301, 400, 403]) {
    it(`is learned from a ${status} that names it`, async () => {
      use.server.setFault(({ operation }) =>
        operation === 'HeadBucket'
          ? { kind: 'status', status, code: 'Refused', headers: { 'x-amz-bucket-region': 'ap-south-1' } }
          : undefined,
      );
      const connection = await use.connect();
      assert.equal(await connection.regionOf('elsewhere'), 'ap-south-1');
    });
  }

  it("is the connection's own if the store names none", async () => {
    use.server.setFault(({ operation }) =>
      operation === 'HeadBucket' ? { kind: 'status', status: 403, code: 'AccessDenied' } : undefined,
    );
    const connection = await use.connect();
    assert.equal(await connection.regionOf('unknown-bucket'), connection.settings.region);
  });
});

describe('Connection: the region of a bucket without an answer', () => {
  const use = useServer();

  it('is not guessed when the server fails: the next lookup succeeds', async () => {
    use.server.setFault(() => ({ kind: 'status', status: 503, code: 'SlowDown' }));
    const connection = await use.connect();
    await rejection(connection.regionOf('late'));
    use.server.setFault(undefined);
    use.server.createBucket('late', { region: 'eu-central-1' });
    assert.equal(await connection.regionOf('late'), 'eu-central-1');
  });

  it('is not stored while the bucket does not exist', async () => {
    const connection = await use.connect();
    assert.equal(await connection.regionOf('late'), connection.settings.region);
    use.server.createBucket('late', { region: 'eu-central-1' });
    assert.equal(await connection.regionOf('late'), 'eu-central-1');
  });

  it('is requested once from a store without HeadBucket', async () => {
    use.server.setFault(({ operation }) =>
      operation === 'HeadBucket' ? { kind: 'status', status: 501, code: 'NotImplemented' } : undefined,
    );
    const connection = await use.connect();
    for (let count = 0; count < 2; count += 1) {
      assert.equal(await connection.regionOf('other-store'), connection.settings.region);
    }
    assert.equal(use.server.requests.length, 1);
  });

  it('is not guessed when nothing answers', async () => {
    use.server.setFault(() => ({ kind: 'drop' }));
    const connection = await use.connect();
    await rejection(connection.regionOf('eu-docs'));
    use.server.setFault(undefined);
    assert.equal(await connection.regionOf('eu-docs'), 'eu-central-1');
  });
});

describe('Connection: the region of a bucket, without a request', () => {
  const use = useServer();

  it('is not requested when it is known', async () => {
    const connection = await use.connect();
    connection.rememberRegion('eu-docs', 'eu-central-1');
    assert.equal(await connection.regionOf('eu-docs'), 'eu-central-1');
    assert.equal(use.server.requests.length, 0);
  });

  it('is not remembered from an aborted request', async () => {
    const connection = await use.connect();
    assert.equal((await rejection(connection.regionOf('eu-docs', AbortSignal.abort()))).name, 'AbortError');
    assert.equal(await connection.regionOf('eu-docs'), 'eu-central-1');
  });
});

describe('Connection: clients', () => {
  const use = useServer();

  it("are one per region, with the connection's own region as the default", async () => {
    const connection = await use.connect();
    assert.equal(connection.client(), connection.client('us-east-1'));
    assert.notEqual(connection.client('eu-central-1'), connection.client());
    assert.equal(await connection.clientFor('eu-docs'), connection.client('eu-central-1'));
    assert.equal(await connection.client('eu-central-1').config.region(), 'eu-central-1');
  });

  it('send the name and version of the program', async () => {
    await listBuckets(await use.connect());
    const [request] = use.server.requests;
    assert.match(must(request?.headers['user-agent']), /\bsignpost\/0\.0\.0\b/);
  });

  it('retry after an error of the server', async () => {
    use.aws.setEnvironment({ AWS_MAX_ATTEMPTS: '3' });
    let asked = 0;
    use.server.setFault(() =>
      asked++ === 0 ? { kind: 'status', status: 500, code: 'InternalError' } : undefined,
    );
    assert.equal((await listBuckets(await use.connect())).length, 2);
    assert.equal(asked, 2);
  });

  it('are replaced after dispose', async () => {
    const connection = await use.connect();
    const before = connection.client();
    connection.dispose();
    assert.notEqual(connection.client(), before);
  });
});

describe('connect', () => {
  const use = useServer();

  it('refuses a profile that no file defines', async () => {
    for (const name of ['nobody', 'constructor', '']) {
      assert.ok((await rejection(use.connect(name))) instanceof UnknownProfileError);
    }
  });

  it('refuses an endpoint that is not a URL', async () => {
    use.aws.write({ credentials: profileText('alice', { ...keySettings(alice), endpoint_url: 'nonsense' }) });
    assert.ok((await rejection(use.connect())) instanceof EndpointError);
  });

  it('makes no request', async () => {
    await use.connect();
    assert.equal(use.server.requests.length, 0);
  });

  it('sends the session token of temporary credentials', async () => {
    const connection = await use.connect('temporary');
    assert.equal((await listBuckets(connection)).length, 2);
    assert.equal(use.server.requests[0]?.accessKeyId, temporary.accessKeyId);
  });

  it('reads the files each time: a connection after an edit has the changed keys', async () => {
    await listBuckets(await use.connect());
    const { endpoint } = use.server;
    use.aws.write({ credentials: profileText('alice', { ...keySettings(mallory), endpoint_url: endpoint }) });
    await rejection(listBuckets(await use.connect()));
    assert.deepEqual(
      use.server.requests.map(({ accessKeyId }) => accessKeyId),
      [alice.accessKeyId, mallory.accessKeyId],
    );
  });
});

describe('connect to the environment', () => {
  const use = useServer();
  const environment = { kind: 'environment' } as const;

  it('uses the keys and the endpoint of the variables', async () => {
    use.aws.setEnvironment({
      AWS_ACCESS_KEY_ID: temporary.accessKeyId,
      AWS_SECRET_ACCESS_KEY: temporary.secretAccessKey,
      AWS_SESSION_TOKEN: temporary.sessionToken,
    });
    const env = { ...process.env, AWS_ENDPOINT_URL_S3: use.server.endpoint, AWS_REGION: 'eu-central-1' };
    const connection = await connect(environment, { env, version: '0.0.0' });
    assert.equal(connection.settings.region, 'eu-central-1');
    assert.equal((await listBuckets(connection)).length, 2);
    assert.equal(use.server.requests[0]?.accessKeyId, temporary.accessKeyId);
    connection.dispose();
  });

  it('uses the default profile and its endpoint if no variable has keys', async () => {
    const { endpoint } = use.server;
    use.aws.write({ credentials: profileText('default', { ...keySettings(alice), endpoint_url: endpoint }) });
    const connection = await connect(environment, { env: process.env, version: '0.0.0' });
    assert.equal((await listBuckets(connection)).length, 2);
    connection.dispose();
  });

  it('fails if there are no keys', async () => {
    use.aws.write({});
    const env = { ...process.env, AWS_ENDPOINT_URL_S3: use.server.endpoint };
    const connection = await connect(environment, { env, version: '0.0.0' });
    assert.match((await rejection(listBuckets(connection))).name, /Credentials/);
    assert.equal(use.server.requests.length, 0);
    connection.dispose();
  });
});
