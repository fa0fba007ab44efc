import assert from 'node:assert/strict';
import { formatMessage } from '../../../src/core/failures/message.js';
import { formatArn, formatS3Uri, isBucketName, parseS3Uri } from '../../../src/core/storage/location.js';
import { dotSegmentKeys, oddKeys } from '../../support/oddKeys.js';

const keys = [...Object.values(oddKeys), ...Object.values(dotSegmentKeys), 'plain.txt', 's3://other/key'];

describe('formatS3Uri and parseS3Uri', () => {
  for (const key of keys) {
    it(`keeps ${JSON.stringify(key.slice(0, 40))} unchanged`, () => {
      const location = { bucket: 'my-bucket', key };
      const uri = formatS3Uri(location);
      assert.equal(uri, `s3://my-bucket/${key}`);
      assert.deepEqual(parseS3Uri(uri), location);
    });
  }

  it('writes a bucket without a slash and reads it with and without', () => {
    assert.equal(formatS3Uri({ bucket: 'my-bucket', key: '' }), 's3://my-bucket');
    assert.deepEqual(parseS3Uri('s3://my-bucket'), { bucket: 'my-bucket', key: '' });
    assert.deepEqual(parseS3Uri('s3://my-bucket/'), { bucket: 'my-bucket', key: '' });
  });

  it('reads the scheme in capitals', () => {
    assert.deepEqual(parseS3Uri('S3://my-bucket/a'), { bucket: 'my-bucket', key: 'a' });
  });
});

describe('parseS3Uri refuses', () => {
  const rows: readonly (readonly [text: string, reason: RegExp])[] = [
    ['', /s3:\/\/bucket\/folder\/name/],
    ['my-bucket/key', /s3:\/\/bucket\/folder\/name/],
    ['https://my-bucket.s3.amazonaws.com/key', /s3:\/\/bucket\/folder\/name/],
    ['s3:/my-bucket/key', /s3:\/\/bucket\/folder\/name/],
    ['xs3://my-bucket/key', /s3:\/\/bucket\/folder\/name/],
    ['s3://', /"" is not a valid bucket name/],
    ['s3:///key', /"" is not a valid bucket name/],
    ['s3://my bucket/key', /"my bucket" is not a valid bucket name/],
    ['s3://ab/key', /"ab" is not a valid bucket name/],
  ];
  for (const [text, reason] of rows) {
    it(JSON.stringify(text), () => {
      const answer = parseS3Uri(text);
      assert.ok('text' in answer);
      assert.match(formatMessage(answer), reason);
    });
  }
});

describe('isBucketName', () => {
  const rows: readonly (readonly [name: string, expected: boolean])[] = [
    ['abc', true],
    ['my.dotted.bucket', true],
    ['Old_Bucket', true],
    ['a'.repeat(63), true],
    ['a'.repeat(255), true],
    ['a'.repeat(256), false],
    ['ab', false],
    ['-abc', false],
    ['abc-', false],
    ['a/b', false],
    ['a b', false],
    ['a?b', false],
    ['caf\u00e9', false],
    ['abc\n', false],
    ['', false],
  ];
  for (const [name, expected] of rows) {
    it(`says ${expected ? 'yes' : 'no'} to ${JSON.stringify(name.slice(0, 30))} of ${name.length}`, () => {
      assert.equal(isBucketName(name), expected);
    });
  }
});

describe('formatArn', () => {
  const rows: readonly (readonly [region: string, key: string, expected: string])[] = [
    ['us-east-1', 'a b.txt', 'arn:aws:s3:::my-bucket/a b.txt'],
    ['eu-central-1', '', 'arn:aws:s3:::my-bucket'],
    ['cn-north-1', 'a/', 'arn:aws-cn:s3:::my-bucket/a/'],
    ['us-gov-west-1', 'a', 'arn:aws-us-gov:s3:::my-bucket/a'],
  ];
  for (const [region, key, expected] of rows) {
    it(`names ${JSON.stringify(key)} in ${region}`, () => {
      assert.equal(formatArn({ bucket: 'my-bucket', key }, region), expected);
    });
  }
});
