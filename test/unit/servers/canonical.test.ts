import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  canonicalPath,
  canonicalQuery,
  canonicalRequest,
  sign,
  stringToSign,
} from '../../servers/strictS3/canonical.js';
import type { S3Request } from '../../servers/strictS3/request.js';

/** Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters", the example of a presigned GET. */
const published = {
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  scope: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', date: '20130524', region: 'us-east-1', service: 's3' },
  amzDate: '20130524T000000Z',
  signature: 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
};

const request: S3Request = {
  method: 'GET',
  target: '',
  path: '/test.txt',
  query: [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'],
    ['X-Amz-Date', published.amzDate],
    ['X-Amz-Expires', '86400'],
    ['X-Amz-SignedHeaders', 'host'],
    ['X-Amz-Signature', published.signature],
  ],
  headers: new Map([['host', 'examplebucket.s3.amazonaws.com']]),
  bucket: 'examplebucket',
  key: 'test.txt',
};

describe('strictS3: canonical requests', () => {
  it("signs AWS's published example as AWS does", () => {
    const canonical = canonicalRequest(request, { signedHeaders: ['host'], payloadHash: 'UNSIGNED-PAYLOAD' });
    const text = stringToSign(canonical, published.scope, published.amzDate);
    assert.equal(sign(text, published.scope, published.secretAccessKey), published.signature);
  });

  it('keeps every slash and dot of a path, and encodes the rest once', () => {
    assert.equal(canonicalPath("/b//a/../c d+é!'()*~%2F"), '/b//a/../c%20d%2B%C3%A9%21%27%28%29%2A~%252F');
  });

  it('orders parameters by their encoded names and omits the signature', () => {
    const query = canonicalQuery([
      ['b', '2'],
      ['a', 'ä'],
      ['X-Amz-Signature', '0'],
      ['a', ' '],
      ['B', ''],
    ]);
    assert.equal(query, 'B=&a=%20&a=%C3%A4&b=2');
  });

  it('trims header values and collapses their spaces', () => {
    const headers = new Map([['x-amz-meta-a', '  one   two ']]);
    const canonical = canonicalRequest(
      { ...request, query: [], headers },
      { signedHeaders: ['x-amz-meta-a'], payloadHash: 'UNSIGNED-PAYLOAD' },
    );
    assert.match(canonical, /\nx-amz-meta-a:one two\n\nx-amz-meta-a\n/);
  });

  it('reads a missing signed header from the query', () => {
    const query = [['x-amz-server-side-encryption', 'AES256']] as const;
    const canonical = canonicalRequest(
      { ...request, query },
      { signedHeaders: ['x-amz-server-side-encryption'], payloadHash: 'UNSIGNED-PAYLOAD' },
    );
    assert.match(canonical, /\nx-amz-server-side-encryption:AES256\n/);
  });
});
