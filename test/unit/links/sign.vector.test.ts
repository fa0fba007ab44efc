import assert from 'node:assert/strict';
import { connect } from '../../../src/core/connection/connect.js';
import type { Connection } from '../../../src/core/connection/connection.js';
import { signLink } from '../../../src/core/links/sign.js';
import { useAwsFiles, type TemporaryAwsFiles } from '../../support/awsFiles.js';
import { profileText } from '../../support/awsSettings.js';
import { expectedSignature, scopeOf, takeApart, valueOf, type SeenLink } from '../../support/verifier.js';

// Source: AWS, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", example at its
// end.
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const published: SeenLink = {
  host: 'examplebucket.s3.amazonaws.com',
  path: '/test.txt',
  query: [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${accessKeyId}/20130524/us-east-1/s3/aws4_request`],
    ['X-Amz-Date', '20130524T000000Z'],
    ['X-Amz-Expires', '86400'],
    ['X-Amz-SignedHeaders', 'host'],
  ],
};
const publishedSignature = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

// The SDK adds these two to every link; they change only the signature.
const addedBySdk = ['X-Amz-Content-Sha256', 'x-id'];

async function connectTo(endpoint: string, aws: TemporaryAwsFiles): Promise<Connection> {
  aws.write({
    credentials: profileText('vector', {
      aws_access_key_id: accessKeyId,
      aws_secret_access_key: secretAccessKey,
      endpoint_url: endpoint,
    }),
  });
  return connect({ kind: 'profile', name: 'vector' }, { env: {}, version: '0.0.0' });
}

describe("AWS's published example of a presigned GET", () => {
  const aws = useAwsFiles();

  it('is what the independent verifier computes', () => {
    assert.equal(expectedSignature(published, { method: 'GET', secretAccessKey }), publishedSignature);
  });

  it('matches a Signpost link except for the two parameters that the SDK adds', async () => {
    const connection = await connectTo('https://s3.amazonaws.com', aws);
    connection.rememberRegion('examplebucket', 'us-east-1');
    const link = await signLink(
      connection,
      { kind: 'get', bucket: 'examplebucket', key: 'test.txt', expiresInSeconds: 86_400 },
      { now: new Date(Date.UTC(2013, 4, 24)) },
    );
    connection.dispose();
    const seen = takeApart(link.url);
    const without = seen.query.filter(([name]) => name !== 'X-Amz-Signature' && !addedBySdk.includes(name));
    assert.ok(seen.host === published.host && seen.path === published.path);
    assert.ok(JSON.stringify(without.toSorted()) === JSON.stringify(published.query));
    assert.ok(
      expectedSignature({ ...seen, query: without }, { method: 'GET', secretAccessKey }) ===
        publishedSignature,
    );
    assert.ok(
      expectedSignature(seen, { method: 'GET', secretAccessKey }) === valueOf(seen, 'X-Amz-Signature'),
      'the signature is that of the whole link',
    );
  });
});

const hosts: readonly (readonly [
  what: string,
  bucket: string,
  region: string,
  host: string,
  path: string,
])[] = [
  ['us-east-1', 'examplebucket', 'us-east-1', 'examplebucket.s3.us-east-1.amazonaws.com', '/test.txt'],
  [
    'another region',
    'examplebucket',
    'eu-central-1',
    'examplebucket.s3.eu-central-1.amazonaws.com',
    '/test.txt',
  ],
  ['China', 'examplebucket', 'cn-north-1', 'examplebucket.s3.cn-north-1.amazonaws.com.cn', '/test.txt'],
  ['a bucket name with dots', 'my.bucket', 'us-west-2', 's3.us-west-2.amazonaws.com', '/my.bucket/test.txt'],
  [
    'a legacy bucket name with uppercase letters',
    'My_Bucket',
    'us-west-2',
    's3.us-west-2.amazonaws.com',
    '/My_Bucket/test.txt',
  ],
];

describe('a link at AWS itself', () => {
  const aws = useAwsFiles();

  for (const [what, bucket, region, host, path] of hosts) {
    it(`${what}: the region is in the host and in the scope`, async () => {
      const connection = await connectTo('', aws);
      connection.rememberRegion(bucket, region);
      const link = await signLink(
        connection,
        { kind: 'get', bucket, key: 'test.txt', expiresInSeconds: 60 },
        { now: new Date(Date.UTC(2013, 4, 24)) },
      );
      connection.dispose();
      const seen = takeApart(link.url);
      assert.equal(seen.host, host);
      assert.equal(seen.path, path);
      assert.equal(scopeOf(seen).region, region);
      assert.ok(
        expectedSignature(seen, { method: 'GET', secretAccessKey }) === valueOf(seen, 'X-Amz-Signature'),
      );
    });
  }
});
