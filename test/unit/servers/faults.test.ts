import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { clientFor, refusalOf, statusOf } from '../../servers/contract/target.js';
import type { StrictS3 } from '../../servers/strictS3/server.js';
import { startStrictS3 } from '../../servers/strictS3/server.js';

const keyPair = { accessKeyId: 'AKIDFAULTS0000000001', secretAccessKey: 'faults' };
const place = { Bucket: 'b', Key: 'k' };

let server: StrictS3;

const client = (): ReturnType<typeof clientFor> => clientFor({ endpoint: server.endpoint, ...keyPair });
const link = (): Promise<string> => getSignedUrl(client(), new GetObjectCommand(place));
const uploadLink = (key: string): Promise<string> =>
  getSignedUrl(client(), new PutObjectCommand({ Bucket: 'b', Key: key }));

function withServer(): void {
  beforeEach(async () => {
    server = await startStrictS3({ credentials: [keyPair] });
    server.createBucket('b');
    server.putObject('b', 'k', 'x'.repeat(2000));
  });

  afterEach(async () => {
    await server.close();
  });
}

describe('strictS3: faults', () => {
  withServer();

  it('answers with the status, the code and the headers of a fault', async () => {
    server.setFault(({ operation, key }) => {
      if (operation !== 'GetObject' || key !== 'k') return undefined;
      return { kind: 'status', status: 503, code: 'SlowDown', headers: { 'retry-after': '1' } };
    });
    const response = await fetch(await link());
    assert.equal(response.headers.get('retry-after'), '1');
    assert.equal(await statusOf(response), '503 SlowDown');
    server.setFault(undefined);
    assert.equal((await fetch(await link())).status, 200);
  });

  it('drops the connection and records that there was no answer', async () => {
    server.setFault(() => ({ kind: 'drop' }));
    await assert.rejects(fetch(await link()));
    const record = await server.waitForRequest(({ operation }) => operation === 'GetObject');
    assert.equal(record.status, 0);
  });
});

describe('strictS3: hanging requests', () => {
  withServer();

  it('hangs until it is released, and then continues', async () => {
    let asked = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.setFault(() => {
      asked();
      return { kind: 'hang' };
    });
    const answer = fetch(await link());
    await arrived;
    assert.deepEqual(server.requests, []);
    server.setFault(undefined);
    assert.equal((await answer).status, 200);
  });

  it('records a request whose client gave up while it hung', async () => {
    const abort = new AbortController();
    server.setFault(() => {
      setImmediate(() => {
        abort.abort();
      });
      return { kind: 'hang' };
    });
    await assert.rejects(fetch(await link(), { signal: abort.signal }));
    const record = await server.waitForRequest(({ operation }) => operation === 'GetObject');
    assert.equal(record.status, 0);
  });

  it('closes while a request hangs', async () => {
    server.setFault(() => {
      setImmediate(() => void server.close());
      return { kind: 'hang' };
    });
    await assert.rejects(fetch(await link()));
    // A server for afterEach to close.
    server = await startStrictS3({ credentials: [] });
  });
});

describe('strictS3: interrupted and paced bodies', () => {
  withServer();

  it('paces bodies both ways', async () => {
    server.setFault(() => ({ kind: 'slowBody', bytesPerSecond: 10_000 }));
    const started = performance.now();
    assert.equal((await (await fetch(await link())).text()).length, 2000);
    assert.ok(performance.now() - started > 150);
    const again = performance.now();
    await fetch(await uploadLink('slow'), { method: 'PUT', body: Buffer.alloc(2000) });
    assert.ok(performance.now() - again > 150);
  });

  it('stores nothing from an upload whose connection ended early', async () => {
    const url = new URL(await uploadLink('cut'));
    const socket = connect(Number(url.port), '127.0.0.1');
    const head = `PUT ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: 100\r\n\r\n`;
    socket.write(`${head}only this`, () => {
      socket.end();
    });
    const record = await server.waitForRequest(({ operation }) => operation === 'PutObject');
    assert.equal(record.status, 0);
    assert.equal(record.bodyBytes, 'only this'.length);
    assert.deepEqual(server.keys('b'), ['k']);
  });

  it('answers a refused upload before its body arrives, and keeps serving the connection', async () => {
    const url = `${await uploadLink('refused')}0`;
    const answers = [1, 2, 3].map(() => fetch(url, { method: 'PUT', body: Buffer.alloc(500_000) }));
    for (const answer of answers) assert.equal(await statusOf(await answer), '403 SignatureDoesNotMatch');
    assert.equal((await fetch(await link())).status, 200);
  });
});

describe('strictS3: records', () => {
  withServer();

  it('records each request with its signer and its outcome', async () => {
    await fetch(await uploadLink('new key'), { method: 'PUT', body: 'text' });
    await refusalOf(client().send(new GetObjectCommand({ Bucket: 'b', Key: 'none' })));
    const brief = server.requests.map((record) => ({
      ...record,
      headers: {},
      path: record.path.split('?')[0],
    }));
    const common = { headers: {}, accessKeyId: keyPair.accessKeyId };
    assert.deepEqual(brief, [
      {
        ...common,
        method: 'PUT',
        path: '/b/new%20key',
        operation: 'PutObject',
        status: 200,
        presigned: true,
        bodyBytes: 4,
      },
      {
        ...common,
        method: 'GET',
        path: '/b/none',
        operation: 'GetObject',
        status: 404,
        presigned: false,
        bodyBytes: 0,
      },
    ]);
    server.clearRequests();
    assert.deepEqual(server.requests, []);
  });

  it('reports that an awaited request did not come', async () => {
    await assert.rejects(
      server.waitForRequest(() => false, 1),
      /No matching request within 1 ms/,
    );
  });
});
