import assert from 'node:assert/strict';
import {
  assertAtEndpoint,
  assertReachable,
  BucketError,
  bucketKind,
} from '../../../src/core/connection/bucketKind.js';

describe('bucketKind', () => {
  const rows: readonly (readonly [bucket: string, kind: object])[] = [
    ['my-bucket', { kind: 'bucket' }],
    ['my-ap-abcdefghijklmnopqrstuvwxyz012-s3alias', { kind: 'bucket' }],
    ['x-s3', { kind: 'bucket' }],
    ['arn:aws:s3:eu-west-1:123456789012:accesspoint/a', { kind: 'accessPoint', region: 'eu-west-1' }],
    ['arn:aws-cn:s3:cn-north-1:123456789012:accesspoint:a', { kind: 'accessPoint', region: 'cn-north-1' }],
    ['data--use1-az4--x-s3', { kind: 'directory', region: 'us-east-1' }],
    ['data--usw2-az1--x-s3', { kind: 'directory', region: 'us-west-2' }],
    ['data--apne1-az4--x-s3', { kind: 'directory', region: 'ap-northeast-1' }],
    ['data--euc1-az2--x-s3', { kind: 'directory', region: 'eu-central-1' }],
    ['data--aps1-az1--x-s3', { kind: 'directory', region: 'ap-south-1' }],
    ['data--usgw1-az1--x-s3', { kind: 'directory', region: 'us-gov-west-1' }],
    ['point--usw2-lax1-az1--xa-s3', { kind: 'directory', region: 'us-west-2' }],
    ['data--mars1-az1--x-s3', { kind: 'directory', region: undefined }],
  ];
  for (const [bucket, kind] of rows) {
    it(`of ${bucket}`, () => {
      assert.deepEqual(bucketKind(bucket), kind);
    });
  }
});

describe('assertAtEndpoint', () => {
  const at = (endpoint: string | undefined) => ({ endpoint, forcePathStyle: false });

  for (const endpoint of [
    undefined,
    'https://store.example.com',
    'https://s3.amazonaws.com',
    'https://s3-external-1.amazonaws.com',
    'https://s3.eu-west-1.amazonaws.com',
  ]) {
    it(`accepts a bucket of eu-west-1 at ${endpoint ?? 'AWS itself'}`, () => {
      assertAtEndpoint('docs', 'eu-west-1', at(endpoint));
    });
  }

  it('refuses it at the endpoint of another region, naming both', () => {
    assert.throws(() => {
      assertAtEndpoint('docs', 'eu-west-1', at('https://s3.us-west-2.amazonaws.com'));
    }, /^BucketError: The bucket docs is in eu-west-1, but the endpoint is for us-west-2\./);
  });
});

describe('assertReachable', () => {
  const aws = { endpoint: undefined, forcePathStyle: false };
  const point = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/a';

  for (const bucket of [
    'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap',
    'mfzwi23gnjvgw.mrap',
    'arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/a',
    'test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3',
    'arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/a',
    'arn:aws:s3:::my-bucket',
  ]) {
    it(`refuses ${bucket}`, () => {
      assert.throws(() => {
        assertReachable(bucket, aws);
      }, BucketError);
    });
  }

  it('accepts access points at AWS, with either addressing, and at endpoints with the bucket in the host', () => {
    assertReachable(point, aws);
    assertReachable(point, { ...aws, forcePathStyle: true });
    assertReachable(point, { endpoint: 'https://store.example.com', forcePathStyle: false });
  });

  for (const bucket of [point, 'data--use1-az4--x-s3']) {
    it(`refuses ${bucket} at an AWS endpoint for buckets`, () => {
      assert.throws(() => {
        assertReachable(bucket, { endpoint: 'https://s3.us-east-1.amazonaws.com', forcePathStyle: false });
      }, /has its own host name/);
    });
  }

  it('refuses access points at endpoints with the bucket in the path', () => {
    assert.throws(() => {
      assertReachable(point, { endpoint: 'http://127.0.0.1:9000', forcePathStyle: true });
    }, /not available at http:\/\/127\.0\.0\.1:9000/);
  });
});
