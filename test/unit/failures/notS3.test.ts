import assert from 'node:assert/strict';
import { connect } from '../../../src/core/connection/connect.js';
import { EndpointError } from '../../../src/core/connection/stores/endpoint.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { listPage } from '../../../src/core/storage/listing.js';
import { NotS3Error } from '../../../src/core/failures/notS3.js';
import { listVersions } from '../../../src/core/storage/versions.js';
import { startStrictS3 } from '../../servers/strictS3/server.js';
import { alice } from '../../support/identities.js';
import { profilesAt, useServer } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { useWebServer } from '../support/webServer.js';

describe('NotS3Error', () => {
  const use = useServer();
  const serve = useWebServer();

  it('is thrown for a web page that is well-formed XML, instead of listing nothing', async () => {
    const endpoint = await serve(
      200,
      '<!doctype html><html><head><meta charset="utf-8"/></head><body/></html>',
    );
    use.aws.write({ credentials: profilesAt(endpoint) });
    const connection = await use.connect();
    assert.ok((await rejection(listBuckets(connection))) instanceof NotS3Error);
    const listing = listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
    assert.ok((await rejection(listing)) instanceof NotS3Error);
    const versions = listVersions(connection, { bucket: 'docs', key: 'a' });
    assert.ok((await rejection(versions)) instanceof NotS3Error);
  });

  it('is not thrown when a bucket answers: the message names the bucket in the endpoint', async () => {
    use.server.putObject('docs', 'a.txt', 'hello');
    use.aws.write({ credentials: profilesAt(`${use.server.endpoint}/docs`) });
    const error = await rejection(listBuckets(await use.connect()));
    assert.ok(error instanceof EndpointError, error.name);
    const { host } = new URL(use.server.endpoint);
    assert.equal(
      error.message,
      `The endpoint ${host}/docs is for the bucket "docs" only. Remove the bucket from the endpoint.`,
    );
  });

  it('is not thrown for an account without buckets', async () => {
    const server = await startStrictS3({ credentials: [alice] });
    use.aws.write({ credentials: profilesAt(server.endpoint) });
    const connection = await connect({ kind: 'profile', name: 'alice' }, { env: {}, version: '0.0.0' });
    const buckets = await listBuckets(connection);
    connection.dispose();
    await server.close();
    assert.deepEqual(buckets, []);
  });

  it('is not thrown for a bucket without objects', async () => {
    const connection = await use.connect();
    const page = await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
    const versions = await listVersions(connection, { bucket: 'docs', key: 'a' });
    assert.deepEqual([page.objects, page.prefixes, versions], [[], [], []]);
  });
});

describe('NotS3Error, for an answer of any length', () => {
  const use = useServer();
  const serve = useWebServer();

  it('is thrown at once for an answer of empty elements, of any length', async function () {
    // A quadratic check takes half a minute.
    this.timeout(10_000);
    const body = `<ListBucketResult>${'<ListBucketResult/>'.repeat(120_000)}</ListBucketResult>`;
    use.aws.write({ credentials: profilesAt(await serve(200, body)) });
    assert.ok((await rejection(listBuckets(await use.connect()))) instanceof NotS3Error);
  });
});
