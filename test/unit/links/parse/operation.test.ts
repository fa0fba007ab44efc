import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { explainLink } from '../../../../src/core/links/explain/explainLink.js';
import { isSubresource } from '../../../../src/core/links/parse/parameters.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { parsedUrl } from '../../support/parsedLinks.js';
import { writtenV4 } from '../../../support/writtenLinks.js';

const now = new Date('2026-03-01T10:20:00Z');
const object = 'https://docs.s3.eu-west-1.amazonaws.com/in/a.txt';
const bucket = 'https://docs.s3.eu-west-1.amazonaws.com/';

function warnings(text: string): string {
  return explainLink(parsedUrl(text), { now, locale: 'en' }).warnings.map(formatMessage).join('\n');
}

type Read = readonly [methods: readonly string[], operation: string | undefined];

const ofObjects: Readonly<Record<string, Read>> = {
  'x-id=GetObject': [['GET'], 'GetObject'],
  'x-id=PutObject': [['PUT'], 'PutObject'],
  acl: [['GET', 'PUT'], undefined],
  'acl=&x-id=GetObject': [['GET'], 'GetObjectAcl'],
  'tagging=&x-id=PutObject': [['PUT'], 'PutObjectTagging'],
  'retention=&x-id=PutObject': [['PUT'], 'PutObjectRetention'],
  'legal-hold=&x-id=PutObject': [['PUT'], 'PutObjectLegalHold'],
  'tagging=&x-id=DeleteObject': [['DELETE'], 'DeleteObjectTagging'],
  'torrent=&x-id=PutObject': [['GET'], 'GetObjectTorrent'],
  'renameObject=&x-id=PutObject': [['PUT'], 'RenameObject'],
  'x-amz-copy-source=docs%2Fc&x-id=PutObject': [['PUT'], 'CopyObject'],
  'partNumber=1&uploadId=u&x-id=PutObject': [['PUT'], 'UploadPart'],
  'partNumber=1&uploadId=u&x-amz-copy-source=docs%2Fc': [['PUT'], 'UploadPartCopy'],
  'uploadId=u&x-id=DeleteObject': [['DELETE'], 'AbortMultipartUpload'],
  'uploads=&x-id=PutObject': [['POST'], 'CreateMultipartUpload'],
  'x-id=ListParts': [['GET'], 'GetObject'],
  'acl=&encryption=&x-id=PutObject': [['GET', 'PUT', 'HEAD', 'DELETE'], undefined],
  'partNumber=1&uploadId=u&acl=&x-id=UploadPart': [['GET', 'PUT', 'HEAD', 'DELETE'], undefined],
  'encryption=&x-id=PutObject': [['GET', 'PUT', 'HEAD', 'DELETE'], undefined],
};

const ofBuckets: Readonly<Record<string, Read>> = {
  'x-id=PutObject': [['PUT'], 'CreateBucket'],
  'x-id=DeleteObject': [['DELETE'], 'DeleteBucket'],
  'list-type=2&x-id=GetObject': [['GET'], 'ListObjectsV2'],
  'versions=': [['GET'], 'ListObjectVersions'],
  'uploads=': [['GET'], 'ListMultipartUploads'],
  'delete=&x-id=GetObject': [['POST'], 'DeleteObjects'],
  'list-type=2&encryption=&x-id=GetObject': [['GET', 'PUT', 'HEAD', 'DELETE'], undefined],
};

describe('the operation of a link is the one S3 performs', () => {
  for (const [address, rows] of [
    [object, ofObjects],
    [bucket, ofBuckets],
  ] as const) {
    for (const [more, [methods, operation]] of Object.entries(rows)) {
      it(`${more}: ${operation ?? 'not specified'}`, () => {
        const read = parsedUrl(writtenV4({ address, more: [more] }));
        assert.deepEqual([read.methods, read.operation], [methods, operation]);
        const named = /x-id=(\w+)/.exec(more)?.[1];
        assert.equal(read.statedOperation, named === operation ? undefined : named);
      });
    }
  }

  it('a copy by a signed header', () => {
    const url = writtenV4({ address: object, signedHeaders: 'host;x-amz-copy-source' });
    assert.equal(parsedUrl(url).operation, 'CopyObject');
  });

  it('a method that JSON names with the link', () => {
    const url = writtenV4({ address: object, more: ['x-id=GetObject'] });
    const { methods, operation, statedOperation } = parsedUrl(JSON.stringify({ url, method: 'DELETE' }));
    assert.deepEqual([methods, operation, statedOperation], [['DELETE'], 'DeleteObject', 'GetObject']);
  });
});

describe('the operation of a link, as it is explained', () => {
  it('is mentioned if the link names another one', () => {
    assert.match(
      warnings(writtenV4({ address: object, more: ['acl=&x-id=GetObject'] })),
      /names the operation GetObject \(x-id\).*S3 performs GetObjectAcl/,
    );
    assert.match(
      warnings(writtenV4({ address: object, more: ['x-id=Other'] })),
      /names the operation Other \(x-id\), which S3 ignores/,
    );
    assert.equal(warnings(writtenV4({ address: object, more: ['x-id=GetObject'] })), '');
  });

  it('warns about a deletion, naming what is deleted', () => {
    assert.match(warnings(writtenV4({ address: bucket, more: ['x-id=DeleteBucket'] })), /delete the bucket/);
    assert.doesNotMatch(
      warnings(writtenV4({ address: object, more: ['tagging=&x-id=DeleteObjectTagging'] })),
      /delete the/,
    );
  });

  it('warns about an upload that appends', () => {
    const appends = writtenV4({ address: object, more: ['x-amz-write-offset-bytes=5&x-id=PutObject'] });
    assert.match(warnings(appends), /appends to the object/);
  });
});

describe('the operation of a link to a subresource', () => {
  it('is unknown for an unknown subresource', () => {
    for (const [address, more] of [
      [bucket, 'lifecycle='],
      [bucket, 'publicAccessBlock='],
      [bucket, 'analytics=&id=a&x-id=GetBucketAnalyticsConfiguration'],
      [object, 'annotation=&annotationName=n&x-id=GetObjectAnnotation'],
    ] as const) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const url = writtenV4({ address, more: [more] });
        const read = parsedUrl(JSON.stringify({ url, method }));
        assert.deepEqual(
          [read.methods, read.operation, read.statedOperation],
          [[method], undefined, undefined],
        );
        assert.doesNotMatch(warnings(JSON.stringify({ url, method })), /delete|ignores|does not know/);
      }
    }
  });

  it('recognizes every subresource of the SDK', () => {
    const sdk = readFileSync('node_modules/@aws-sdk/client-s3/dist-cjs/index.js', 'utf8');
    const names = [...sdk.matchAll(/"\/(?:\{Key\+\})?\?([\w-]+)(?![\w-]*=[A-Z])/g)].map(
      ([, name = '']) => name,
    );
    assert.ok(names.includes('annotation') && names.includes('publicAccessBlock'));
    assert.deepEqual(
      names.filter((name) => name !== 'x-id' && !isSubresource(name)),
      [],
    );
  });
});
