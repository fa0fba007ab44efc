import {
  CopyObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import { request as sendHttp } from 'node:http';
import { afterEach, describe, it } from 'mocha';
import { clientFor, refusalOf, statusOf } from '../../servers/contract/target.js';
import type { StrictCredential, StrictS3, StrictS3Options } from '../../servers/strictS3/server.js';
import { startStrictS3 } from '../../servers/strictS3/server.js';

const plain = { accessKeyId: 'AKIDPLAIN00000000001', secretAccessKey: 'plain' };
const session = {
  accessKeyId: 'ASIASESSION000000001',
  secretAccessKey: 'session',
  sessionToken: 'to/k+en==',
};
const ended = {
  accessKeyId: 'ASIAENDED00000000001',
  secretAccessKey: 'ended',
  sessionToken: 'old',
  expired: true,
};
const limited = {
  accessKeyId: 'AKIDLIMITED000000001',
  secretAccessKey: 'limited',
  denied: ['ListBuckets', 'PutObject'],
};

const place = { Bucket: 'b', Key: 'k' };

let servers: StrictS3[] = [];

async function start(options: Partial<StrictS3Options> = {}): Promise<StrictS3> {
  const server = await startStrictS3({ credentials: [plain, session, ended, limited], ...options });
  servers.push(server);
  server.createBucket('b');
  server.createBucket('elsewhere', { region: 'eu-central-1' });
  server.putObject('b', 'k', 'text');
  return server;
}

function clientOf(
  server: StrictS3,
  credentials: StrictCredential,
  region = 'us-east-1',
): ReturnType<typeof clientFor> {
  return clientFor({ endpoint: server.endpoint, ...plain }, { credentials, region });
}

/** The answers to a request with headers and to a link, both signed with the credentials. */
async function bothWays(server: StrictS3, credentials: StrictCredential): Promise<string[]> {
  const client = clientOf(server, credentials);
  const url = await getSignedUrl(client, new GetObjectCommand(place));
  return [await refusalOf(client.send(new GetObjectCommand(place))), await statusOf(await fetch(url))];
}

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

describe('strictS3: credentials', () => {
  it('accepts a session token by header and by link', async () => {
    const client = clientOf(await start(), session);
    await client.send(new GetObjectCommand(place));
    const url = await getSignedUrl(client, new GetObjectCommand(place));
    assert.equal((await fetch(url)).status, 200);
    const changed = url.replace(/X-Amz-Security-Token=../, 'X-Amz-Security-Token=xx');
    assert.equal(await statusOf(await fetch(changed)), '400 InvalidToken');
  });

  const refused = [
    ['a wrong token', { ...session, sessionToken: 'other' }, '400 InvalidToken'],
    ['a token for a key without one', { ...plain, sessionToken: 'any' }, '400 InvalidToken'],
    ['a session key without its token', { ...session, sessionToken: undefined }, '403 InvalidAccessKeyId'],
    ['an expired session', ended, '400 ExpiredToken'],
  ] as const;
  for (const [what, credentials, refusal] of refused) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await bothWays(await start(), credentials), [refusal, refusal]);
    });
  }

  it('denies exactly the operations a key is not allowed', async () => {
    const client = clientOf(await start(), limited);
    assert.equal(await refusalOf(client.send(new ListBucketsCommand({}))), '403 AccessDenied');
    assert.equal(
      await refusalOf(client.send(new PutObjectCommand({ ...place, Body: '' }))),
      '403 AccessDenied',
    );
    await client.send(new ListObjectsV2Command({ Bucket: 'b' }));
  });
});

describe('strictS3: regions', () => {
  it('names the right region when it refuses a wrong one', async () => {
    const client = clientOf(await start(), plain);
    const error: unknown = await client
      .send(new HeadBucketCommand({ Bucket: 'elsewhere' }))
      .catch((caught: unknown) => caught);
    assert.ok(error instanceof S3ServiceException);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.equal(error.$response?.headers['x-amz-bucket-region'], 'eu-central-1');
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'elsewhere', Key: 'k' }));
    const text = await (await fetch(url)).text();
    assert.match(
      text,
      /the region 'us-east-1' is wrong; expecting 'eu-central-1'<\/Message><Region>eu-central-1</,
    );
  });

  it('names the region of a bucket even to a key that is denied', async () => {
    const credentials = [{ ...plain, denied: ['HeadBucket'] }];
    const client = clientOf(await start({ credentials }), plain, 'eu-central-1');
    const error: unknown = await client
      .send(new HeadBucketCommand({ Bucket: 'elsewhere' }))
      .catch((caught: unknown) => caught);
    assert.ok(error instanceof S3ServiceException);
    assert.equal(error.$metadata.httpStatusCode, 403);
    assert.equal(error.$response?.headers['x-amz-bucket-region'], 'eu-central-1');
  });

  it('serves a bucket only to requests for its region', async () => {
    const client = clientOf(await start(), plain, 'eu-central-1');
    await client.send(new PutObjectCommand({ Bucket: 'elsewhere', Key: 'k', Body: 'text' }));
  });
});

describe('strictS3: time', () => {
  it('uses its clock to the second', async () => {
    let now = new Date('2026-03-01T12:00:00Z');
    const server = await start({ clock: () => now });
    const options = { signingDate: now, expiresIn: 60 };
    const url = await getSignedUrl(clientOf(server, plain), new GetObjectCommand(place), options);
    now = new Date('2026-03-01T12:01:00Z');
    assert.equal((await fetch(url)).status, 200);
    now = new Date('2026-03-01T12:01:01Z');
    const response = await fetch(url);
    assert.equal(response.headers.get('date'), 'Sun, 01 Mar 2026 12:01:01 GMT');
    assert.match(
      await response.text(),
      /<Expires>2026-03-01T12:01:00Z<\/Expires><ServerTime>2026-03-01T12:01:01Z</,
    );
  });

  it('accepts a link up to 15 minutes from the future', async () => {
    const server = await start();
    const send = async (minutes: number): Promise<string> => {
      const signingDate = new Date(Date.now() + minutes * 60_000);
      const url = await getSignedUrl(clientOf(server, plain), new GetObjectCommand(place), { signingDate });
      return await statusOf(await fetch(url));
    };
    assert.equal(await send(14), '200');
    assert.equal(await send(16), '403 AccessDenied');
  });
});

describe('strictS3: checksums', () => {
  const send = async (server: StrictS3, body: string): Promise<string> => {
    const client = clientFor(
      { endpoint: server.endpoint, ...plain },
      { requestChecksumCalculation: 'WHEN_SUPPORTED' },
    );
    const url = await getSignedUrl(client, new PutObjectCommand(place));
    assert.match(url, /x-amz-checksum-crc32=AAAAAA%3D%3D/);
    return await statusOf(await fetch(url, { method: 'PUT', body }));
  };

  it('refuses a checksum parameter that does not match the body, as R2 does', async () => {
    const server = await start();
    assert.equal(await send(server, 'text'), '400 BadDigest');
    assert.equal(await send(server, ''), '200');
  });

  it('ignores the parameter, as AWS does, if configured', async () => {
    assert.equal(await send(await start({ refusesChecksumParameters: false }), 'text'), '200');
  });

  for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const) {
    it(`agrees with the SDK on ${ChecksumAlgorithm}`, async () => {
      const client = clientOf(await start(), plain);
      await client.send(new PutObjectCommand({ ...place, Body: 'The quick brown fox', ChecksumAlgorithm }));
    });
  }
});

describe('strictS3: bodies', () => {
  it('counts discarded bodies and returns as many bytes', async () => {
    const server = await start({ discardBodies: true });
    const client = clientOf(server, plain);
    await client.send(new PutObjectCommand({ ...place, Body: Buffer.alloc(300_000, 'x') }));
    assert.equal(server.getObject('b', 'k')?.body.length, 0);
    const { ContentLength } = await client.send(new HeadObjectCommand(place));
    assert.equal(ContentLength, 300_000);
    const { Body } = await client.send(new GetObjectCommand(place));
    assert.equal((await Body?.transformToByteArray())?.length, 300_000);
  });

  it('refuses more than 5 GiB based on the length alone', async () => {
    const server = await start();
    const url = new URL(await getSignedUrl(clientOf(server, plain), new PutObjectCommand(place)));
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { 'content-length': 5 * 1024 ** 3 + 1 };
      const { port, pathname, search } = url;
      const sent = sendHttp(
        { host: '127.0.0.1', port, method: 'PUT', path: pathname + search, headers },
        (answer) => {
          answer.setEncoding('utf8').on('data', (piece: string) => {
            resolve(piece);
            sent.destroy();
          });
        },
      );
      sent.on('error', reject);
      sent.flushHeaders();
    });
    assert.match(text, /<Code>EntityTooLarge<.*<ProposedSize>5368709121<.*<MaxSizeAllowed>5368709120</);
  });
});

describe('strictS3: objects', () => {
  it('names the condition that failed', async () => {
    const client = clientOf(await start(), plain);
    const url = await getSignedUrl(client, new PutObjectCommand({ ...place, IfNoneMatch: '*' }));
    const response = await fetch(url, { method: 'PUT', body: 'x', headers: { 'if-none-match': '*' } });
    assert.match(await response.text(), /<Code>PreconditionFailed<.*<Condition>If-None-Match</);
  });

  it('refuses to read an archived object, and copies between regions', async () => {
    const server = await start();
    server.putObject('b', 'cold', 'x', { storageClass: 'GLACIER' });
    const client = clientOf(server, plain);
    assert.equal(
      await refusalOf(client.send(new GetObjectCommand({ Bucket: 'b', Key: 'cold' }))),
      '403 InvalidObjectState',
    );
    const there = clientOf(server, plain, 'eu-central-1');
    await there.send(new CopyObjectCommand({ Bucket: 'elsewhere', Key: 'copy', CopySource: 'b/k' }));
    assert.equal(server.getObject('elsewhere', 'copy')?.body.toString(), 'text');
  });

  it('answers NotImplemented to what it does not support', async () => {
    const client = clientOf(await start(), plain);
    assert.equal(
      await refusalOf(client.send(new GetBucketPolicyCommand({ Bucket: 'b' }))),
      '501 NotImplemented',
    );
  });
});

describe('strictS3: addresses', () => {
  it('recognizes a bucket by the host name', async () => {
    const server = await start();
    server.createBucket('by-host');
    server.putObject('by-host', 'k', 'text');
    const { port } = new URL(server.endpoint);
    const client = clientFor({ endpoint: `http://localhost:${port}`, ...plain }, { forcePathStyle: false });
    const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: 'by-host', Key: 'k' })));
    assert.equal(url.hostname, 'by-host.localhost');
    const text = await new Promise<string>((resolve, reject) => {
      const { host, pathname, search } = url;
      sendHttp({ host: '127.0.0.1', port, path: pathname + search, headers: { host } }, (answer) => {
        answer.setEncoding('utf8').on('data', resolve);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(text, 'text');
  });
});
