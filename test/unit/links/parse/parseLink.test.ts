import assert from 'node:assert/strict';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import type { ParsedUrl } from '../../../../src/core/links/parse/parsedLink.js';
import { signLink, type LinkRequest } from '../../../../src/core/links/sign.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { parsedForm, parsedUrl } from '../../support/parsedLinks.js';
import { sentForm } from '../../../support/sentForm.js';
import { useServer } from '../../../support/server.js';
import { writtenV4 } from '../../../support/writtenLinks.js';

const options = {
  getAs: { fileName: 'a b.txt' },
  getVersion: { versionId: 'v.1' },
  put: { contentType: 'text/plain', metadata: { a: 'b' } },
};
const rows: readonly (readonly [LinkRequest['kind'], object, Partial<ParsedUrl>])[] = [
  ['get', {}, { methods: ['GET'], operation: 'GetObject', signedHeaders: [] }],
  [
    'getAs',
    options.getAs,
    { overrides: { 'response-content-disposition': 'attachment; filename="a b.txt"' } },
  ],
  ['getVersion', options.getVersion, { versionId: 'v.1', methods: ['GET'] }],
  ['put', options.put, { methods: ['PUT'], signedHeaders: ['content-type', 'x-amz-meta-a'] }],
  ['putCreateOnly', {}, { methods: ['PUT'], signedHeaders: ['if-none-match'] }],
  ['delete', {}, { methods: ['DELETE'], operation: 'DeleteObject' }],
  ['list', {}, { methods: ['GET'], operation: 'ListObjectsV2', key: '' }],
];

describe('parseLink: what Signpost signs', () => {
  const use = useServer();
  for (const [kind, extra, expected] of rows) {
    it(kind, async () => {
      const link = await use.sign({ kind, bucket: 'docs', key: 'in/a.txt', expiresInSeconds: 90, ...extra });
      const read = parsedUrl(link.url);
      const all = {
        bucket: 'docs',
        key: 'in/a.txt',
        expiresSeconds: 90,
        expiresAt: link.expiresAt,
        region: 'us-east-1',
        ...expected,
      };
      for (const [name, value] of Object.entries(all))
        assert.deepEqual(read[name as keyof ParsedUrl], value, name);
      assert.ok(read.url === link.url, 'the URL is changed');
    });
  }

  it('keys exactly, dot segments and double slashes too', async () => {
    const connection = await use.connect();
    for (const key of [...Object.values(oddKeys), ...Object.values(dotSegmentKeys)]) {
      const link = await signLink(connection, { kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
      assert.equal(parsedUrl(link.url).key, key);
    }
  });

  it('a form, as JSON', async () => {
    const link = await use.sign(
      { kind: 'post', bucket: 'docs', key: 'in/a', contentType: 'image/png', expiresInSeconds: 60 },
      'temporary',
    );
    const read = parsedForm(JSON.stringify({ url: link.url, fields: sentForm(link).fields }));
    assert.deepEqual(
      [read.bucket, read.key, read.expiresAt, read.expiresSeconds],
      ['docs', 'in/a', link.expiresAt, 60],
    );
    assert.deepEqual(read.signer, { kind: 'temporary', lastFour: 'TEST', hasToken: true });
    assert.deepEqual(read.conditions[0], { kind: 'equals', field: 'bucket', value: 'docs' });
  });
});

interface Seen {
  readonly bucket: string;
  readonly addressing: ParsedUrl['addressing'];
  readonly key?: string;
  readonly features?: ParsedUrl['hostFeatures'];
}

const aws = 'https://docs.s3.eu-west-1.amazonaws.com/a/b';
const point = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap';
const places: Readonly<Record<string, Seen>> = {
  [aws]: { bucket: 'docs', addressing: 'virtual' },
  'https://my.docs.s3.eu-west-1.amazonaws.com/a/b': { bucket: 'my.docs', addressing: 'virtual' },
  'https://s3.eu-west-1.amazonaws.com/docs/a/b': { bucket: 'docs', addressing: 'path' },
  'https://docs.s3.amazonaws.com/a/b': { bucket: 'docs', addressing: 'virtual' },
  'https://docs.s3-eu-west-1.amazonaws.com/a/b': { bucket: 'docs', addressing: 'virtual' },
  'https://docs.s3.dualstack.eu-west-1.amazonaws.com/a/b': {
    bucket: 'docs',
    addressing: 'virtual',
    features: ['dualstack'],
  },
  'https://docs.s3-fips.dualstack.us-gov-west-1.amazonaws.com/a/b': {
    bucket: 'docs',
    addressing: 'virtual',
    features: ['dualstack', 'fips'],
  },
  'https://docs.s3-fips.us-east-1.amazonaws.com/a/b': {
    bucket: 'docs',
    addressing: 'virtual',
    features: ['fips'],
  },
  'https://docs.s3-accelerate.amazonaws.com/a/b': {
    bucket: 'docs',
    addressing: 'virtual',
    features: ['accelerate'],
  },
  'https://docs.s3.cn-north-1.amazonaws.com.cn/a/b': {
    bucket: 'docs',
    addressing: 'virtual',
    features: ['china'],
  },
  'https://my-ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/a/b': {
    bucket: point,
    addressing: 'accessPoint',
  },
  'https://my-ap-123456789012.s3-accesspoint-fips.dualstack.eu-west-1.amazonaws.com/a/b': {
    bucket: point,
    addressing: 'accessPoint',
    features: ['dualstack', 'fips'],
  },
  'https://my-ap-123456789012.s3-object-lambda.eu-west-1.amazonaws.com/a/b': {
    bucket: point.replace(':s3:', ':s3-object-lambda:'),
    addressing: 'accessPoint',
  },
  'https://my-ap-123456789012.op-01ac5d28a6a232904.s3-outposts.eu-west-1.amazonaws.com/a/b': {
    bucket: 'arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/my-ap',
    addressing: 'accessPoint',
  },
  'https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/a/b': {
    bucket: 'mfzwi23gnjvgw.mrap',
    addressing: 'accessPoint',
  },
  'https://docs--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com/a/b': {
    bucket: 'docs--euw1-az1--x-s3',
    addressing: 'directory',
  },
  'http://127.0.0.1:9000/docs/a/b': { bucket: 'docs', addressing: 'path' },
  'http://[::1]:9000/docs/a/b': { bucket: 'docs', addressing: 'path' },
  'http://localhost:9000/docs/a/b': { bucket: 'docs', addressing: 'path' },
  'http://docs.localhost:9000/a/b': { bucket: 'docs', addressing: 'virtual' },
  'https://minio.example.com/docs/a/b': { bucket: 'docs', addressing: 'path' },
  'https://docs.s3.example.com/a/b': { bucket: 'docs', addressing: 'virtual' },
  [`https://${'0'.repeat(32)}.r2.cloudflarestorage.com/docs/a/b`]: { bucket: 'docs', addressing: 'path' },
  [`https://docs.${'0'.repeat(32)}.r2.cloudflarestorage.com/a/b`]: { bucket: 'docs', addressing: 'virtual' },
  'https://s3.eu-west-1.amazonaws.com/docs/./x/..//b': {
    bucket: 'docs',
    addressing: 'path',
    key: './x/..//b',
  },
  // A legacy bucket name, the default port, and a host name with a final dot.
  'https://my_docs.s3.amazonaws.com:443/a/b': { bucket: 'my_docs', addressing: 'virtual' },
  'https://docs.s3.example.com./a/b': { bucket: 'docs', addressing: 'virtual' },
};

describe('parseLink: hosts and paths', () => {
  for (const [address, { bucket, addressing, key = 'a/b', features = [] }] of Object.entries(places)) {
    it(address, () => {
      const read = parsedUrl(writtenV4({ address }));
      assert.deepEqual(
        [read.bucket, read.key, read.addressing, read.hostFeatures],
        [bucket, key, addressing, features],
      );
      assert.equal(read.alternative, undefined);
    });
  }

  it('returns the second reading of an ambiguous address', () => {
    const read = parsedUrl(writtenV4({ address: 'https://docs.storage.corp.example/a/b' }));
    assert.deepEqual([read.bucket, read.key], ['a', 'b']);
    assert.deepEqual(read.alternative, { bucket: 'docs', key: 'a/b' });
  });

  it('resolves the bucket of such an address from the operation and the endpoint', () => {
    const one = parsedUrl(writtenV4({ address: 'https://docs.corp.example/a', more: ['x-id=GetObject'] }));
    assert.deepEqual([one.bucket, one.key, one.alternative], ['docs', 'a', undefined]);
    const address = writtenV4({ address: 'https://docs.corp.example/a/b' });
    const known = parseLink(address, { endpoint: 'https://corp.example' });
    assert.ok(!('problem' in known) && known.bucket === 'docs' && known.key === 'a/b');
  });
});
