import assert from 'node:assert/strict';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { parsedUrl } from '../../support/parsedLinks.js';
import { fakeSignature, writtenV2, writtenV4 } from '../../../support/writtenLinks.js';

const aws = 'https://docs.s3.eu-west-1.amazonaws.com/a/b';

describe('parseLink: the methods that parameters allow', () => {
  const methods: Readonly<Record<string, readonly string[]>> = {
    'x-id=PutObject': ['PUT'],
    'x-id=UploadPart&partNumber=1&uploadId=x': ['PUT'],
    'uploadId=x&partNumber=1': ['PUT'],
    'uploadId=x': ['GET', 'POST', 'DELETE'],
    uploads: ['POST'],
    'response-content-type=a': ['GET', 'HEAD'],
    'x-amz-acl=private': ['PUT'],
    'versionId=1': ['GET', 'HEAD', 'DELETE'],
    'x-id=SomethingElse': ['GET', 'PUT', 'HEAD', 'DELETE'],
  };
  for (const [more, expected] of Object.entries(methods)) {
    it(`${more}: ${expected.join(', ')}`, () => {
      assert.deepEqual(parsedUrl(writtenV4({ address: aws, more: [more] })).methods, expected);
    });
  }

  it('a signed header of an upload', () => {
    const read = parsedUrl(writtenV4({ address: aws, signedHeaders: 'content-type;host' }));
    assert.deepEqual([read.methods, read.signedHeaders], [['PUT'], ['content-type']]);
  });
});

describe('parseLink: facts from the signature', () => {
  it('region, service, times, checksum, and no signature or token', () => {
    const token = 'SECRETTOKEN//+=';
    const more = [
      'x-amz-checksum-crc32=AAAAAA%3D%3D',
      'x-amz-sdk-checksum-algorithm=CRC32',
      'x-amz-meta-n=a+b',
    ];
    const { url: whole, ...read } = parsedUrl(writtenV4({ address: aws, token, more }));
    assert.ok(whole.includes(fakeSignature));
    assert.deepEqual([read.region, read.service, read.signature], ['eu-west-1', 's3', 'v4']);
    assert.deepEqual(
      [read.signedAt?.toISOString(), read.expiresAt.toISOString()],
      ['2026-03-01T10:00:00.000Z', '2026-03-01T11:00:00.000Z'],
    );
    assert.deepEqual(read.checksums, { 'x-amz-checksum-crc32': 'AAAAAA==' });
    assert.deepEqual(read.parameters, { 'x-amz-sdk-checksum-algorithm': 'CRC32', 'x-amz-meta-n': 'a b' });
    assert.deepEqual(read.signer, { kind: 'longTerm', lastFour: '1234', hasToken: true });
    const everything = JSON.stringify(read);
    assert.ok(
      !everything.includes(fakeSignature) && !everything.includes(token) && !everything.includes('AKIA'),
    );
  });

  it('keys of other stores, which may contain slashes', () => {
    const read = parsedUrl(
      writtenV4({ address: aws, credential: 'team/key9999/20260301/auto/s3/aws4_request' }),
    );
    assert.deepEqual(
      [read.signer, read.region],
      [{ kind: 'other', lastFour: '9999', hasToken: false }, 'auto'],
    );
  });
});

describe('parseLink: signatures of other versions', () => {
  it('version 2: only the expiry', () => {
    const read = parsedUrl(writtenV2(aws));
    assert.deepEqual(
      [read.signature, read.region, read.service, read.signedAt],
      ['v2', 'eu-west-1', undefined, undefined],
    );
    assert.equal(read.expiresAt.toISOString(), '2026-03-01T11:00:00.000Z');
  });

  it('version 4A, of a Multi-Region access point', () => {
    const text = writtenV4({
      address: 'https://m.accesspoint.s3-global.amazonaws.com/k',
      credential: 'AKIAEXAMPLE000001234/20260301/s3/aws4_request',
      more: ['X-Amz-Region-Set=%2A'],
    });
    const read = parsedUrl(text.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'));
    assert.deepEqual([read.signature, read.region, read.service], ['v4a', '*', 's3']);
  });
});

describe('parseLink: a repeated parameter', () => {
  for (const more of [
    ['versionId=1', 'versionid=2'],
    ['versionId=1', 'versionId=1'],
    ['X-Amz-Expires=60'],
    ['x-amz-signature=0'],
    ['%78-amz-acl=private', 'X-Amz-Acl=public-read'],
    ['uploadId=a', 'UploadId=b'],
    ['x-id=GetObject', 'X-Id=PutObject'],
    ['x-amz-meta-a=1', 'x-amz-meta-A=2'],
  ]) {
    it(`is refused, in any case: ${more.join('&')}`, () => {
      const link = parseLink(writtenV4({ address: aws, more }));
      assert.ok('problem' in link);
      assert.equal(formatMessage(link.problem), 'This link repeats a parameter. Ask for another link.');
    });
  }

  it('is accepted if S3 ignores the parameter', () => {
    assert.equal(parsedUrl(writtenV4({ address: aws, more: ['utm=1', 'UTM=2'] })).parameters.utm, '1');
  });
});

describe('parseLink: a text that is too long', () => {
  it('is not a link', () => {
    const link = writtenV4({ address: aws });
    const padded = (length: number) => parseLink(link.padEnd(length));
    assert.ok(!('problem' in padded(200_000)) && 'problem' in padded(200_001));
  });
});
