import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import assert from 'node:assert/strict';
import { request as sendHttp } from 'node:http';
import { after, before, describe, it } from 'mocha';
import type { RecordedCase } from '../../servers/strictS3/recorded/recorded.js';
import { recordedRefusals } from '../../servers/strictS3/recorded/recorded.js';
import type { StrictS3 } from '../../servers/strictS3/server.js';
import { startStrictS3 } from '../../servers/strictS3/server.js';

const keyPair = { accessKeyId: 'AKIDRECORDED00000001', secretAccessKey: 'recorded' };
const place = { Bucket: 'recorded', Key: 'key' };

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Sends the link unchanged; `fetch` would not send another Host. */
function send(url: string, method: string, headers: Record<string, string> = {}): Promise<Answered> {
  const { port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = sendHttp({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => {
        body += text;
      });
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body });
      });
    });
    sent.on('error', reject);
    sent.end(method === 'PUT' ? 'test_data' : undefined);
  });
}

type PutInput = Omit<ConstructorParameters<typeof PutObjectCommand>[0], 'Bucket' | 'Key'>;

class Links {
  constructor(private readonly client: S3Client) {}

  get(input: { ResponseCacheControl?: string } = {}, signedAgoMs = 0): Promise<string> {
    const signingDate = new Date(Date.now() - signedAgoMs);
    return getSignedUrl(this.client, new GetObjectCommand({ ...place, ...input }), {
      expiresIn: 2,
      signingDate,
    });
  }

  put(input: PutInput = {}, signed: readonly string[] = []): Promise<string> {
    return getSignedUrl(this.client, new PutObjectCommand({ ...place, ...input }), {
      signableHeaders: new Set(['content-type', ...signed]),
      unhoistableHeaders: new Set(signed),
    });
  }
}

/** The requests of the recorder's tests, sent again. */
const cases: Readonly<Record<RecordedCase, (links: Links) => Promise<Answered>>> = {
  expired: async (links) => send(await links.get({}, 3000), 'GET'),
  'missing parameter': async (links) => send((await links.get()).replace(/X-Amz-Date=[^&]*&/, ''), 'GET'),
  'wrong signature': async (links) => send((await links.get()).replace('/key?', '/other?'), 'GET'),
  'wrong signature, virtual-hosted': async (links) => {
    const url = (await links.get()).replace('/recorded/key?', '/key?');
    return await send(url, 'GET', { host: `recorded.localhost:${new URL(url).port}` });
  },
  'other content type': async (links) =>
    send(await links.put({ ContentType: 'text/plain' }), 'PUT', { 'content-type': 'text/xml' }),
  'other content encoding': async (links) =>
    send(await links.put({ ContentEncoding: 'identity' }), 'PUT', { 'content-encoding': 'gzip' }),
  'same header and parameter': async (links) => {
    const url = await links.put({ RequestPayer: 'requester' }, ['x-amz-request-payer']);
    return await send(url.replace('?', '?x-amz-request-payer=non-valid&'), 'PUT', {
      'x-amz-request-payer': 'requester',
    });
  },
  'hoisted parameter sent as a header': async (links) =>
    send(await links.put(), 'PUT', { 'x-amz-expires': '5' }),
  'unsigned x-amz-date': async (links) =>
    send(await links.put(), 'PUT', {
      'x-amz-date': '20260221T002955Z',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    }),
  'unsigned x-amz-date and decoded length': async (links) =>
    send(await links.put(), 'PUT', {
      'x-amz-date': '20260221T002955Z',
      'x-amz-decoded-content-length': '4',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    }),
  'signed metadata header left out': async (links) =>
    send(await links.put({ Metadata: { foo: 'bar' } }, ['x-amz-meta-foo']), 'PUT'),
  'unsigned metadata header': async (links) =>
    send(await links.put({ Metadata: { foo: 'bar' } }, ['x-amz-meta-foo']), 'PUT', {
      'x-amz-meta-foo': 'bar',
      'x-amz-meta-wrong': 'wrong',
    }),
  'double-encoded credential': async (links) => send((await links.get()).replaceAll('%2F', '%252F'), 'GET'),
  'response override': async (links) =>
    send(await links.get({ ResponseCacheControl: '\u2014_\u00e9_' }), 'GET'),
};

function elementsOf(xml: string): string[] {
  const inner = /<Error>([^]*)<\/Error>/.exec(xml)?.[1] ?? '';
  return [...inner.matchAll(/<([\w-]+)>[^<]*<\/\1>/g)].map(([, name = '']) => name).sort();
}

function elementOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`)
    .exec(xml)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

describe("strictS3 refuses as AWS's recorded answers do", () => {
  let server: StrictS3;
  let links: Links;

  before(async () => {
    server = await startStrictS3({ credentials: [keyPair] });
    server.createBucket(place.Bucket);
    server.putObject(place.Bucket, place.Key, 'something');
    links = new Links(
      new S3Client({
        endpoint: server.endpoint,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: keyPair,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
    );
  });

  after(async () => {
    await server.close();
  });

  for (const [name, recorded] of Object.entries(recordedRefusals)) {
    it(name, async () => {
      const answer = await cases[name as RecordedCase](links);
      if (recorded.status !== undefined) assert.equal(answer.status, recorded.status);
      assert.equal(elementOf(answer.body, 'Code'), recorded.Code);
      assert.equal(elementOf(answer.body, 'Message'), recorded.Message);
      assert.deepEqual(elementsOf(answer.body), recorded.elements);
      assert.equal(elementOf(answer.body, 'HeadersNotSigned'), recorded.HeadersNotSigned);
    });
  }
});
