import assert from 'node:assert/strict';
import { formatMessage } from '../../../src/core/failures/message.js';
import { foreignHost, parseAddress, parsePlace } from '../../../src/core/storage/address.js';
import { formatS3Uri } from '../../../src/core/storage/location.js';
import { oddKeys } from '../../support/oddKeys.js';
import { minOfEach, type Times } from '../support/processorTime.js';

const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/my-ap';
const signed = 'X-Amz-Credential=AKIAEXAMPLE&X-Amz-Security-Token=tok&X-Amz-Signature=0123';

type Row = readonly (readonly [text: string, bucket: string, key: string])[];

const addresses: Row = [
  ['my-bucket', 'my-bucket', ''],
  ['  my.dotted.bucket ', 'my.dotted.bucket', ''],
  ['data--use1-az4--x-s3', 'data--use1-az4--x-s3', ''],
  ['my-ap-abcdefghijklmnopqrstuvwxyz012-s3alias', 'my-ap-abcdefghijklmnopqrstuvwxyz012-s3alias', ''],
  ['s3://my-bucket', 'my-bucket', ''],
  ['s3://my-bucket/in/a b.txt', 'my-bucket', 'in/a b.txt'],
  [`s3://${point}`, point, ''],
  [`s3://${point}/in/a.txt`, point, 'in/a.txt'],
  ['arn:aws:s3:::my-bucket', 'my-bucket', ''],
  ['arn:aws-cn:s3:::my-bucket/in/a:b.txt', 'my-bucket', 'in/a:b.txt'],
  [point, point, ''],
  [`${point}/`, point, ''],
  [`${point}/object/in/a.txt`, point, 'in/a.txt'],
  ['https://my-bucket.s3.amazonaws.com', 'my-bucket', ''],
  ['https://my-bucket.s3.eu-central-1.amazonaws.com/in/a%20b.txt', 'my-bucket', 'in/a b.txt'],
  ['https://my.dotted.bucket.s3.eu-central-1.amazonaws.com/a', 'my.dotted.bucket', 'a'],
  ['https://my-bucket.s3-eu-west-1.amazonaws.com/a', 'my-bucket', 'a'],
  ['https://my-bucket.s3.dualstack.eu-west-1.amazonaws.com/a', 'my-bucket', 'a'],
  ['https://my-bucket.s3-accelerate.amazonaws.com/a', 'my-bucket', 'a'],
  ['https://my-bucket.s3-fips.us-gov-west-1.amazonaws.com/a', 'my-bucket', 'a'],
  ['https://my-bucket.s3.cn-north-1.amazonaws.com.cn/a', 'my-bucket', 'a'],
  ['https://s3.amazonaws.com/my-bucket', 'my-bucket', ''],
  ['https://s3.eu-central-1.amazonaws.com/my-bucket/../a', 'my-bucket', '../a'],
  ['https://data--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/a', 'data--use1-az4--x-s3', 'a'],
  ['https://my-ap-123456789012.s3-accesspoint.eu-central-1.amazonaws.com/in/a', point, 'in/a'],
  [`https://my-bucket.s3.us-east-1.amazonaws.com/in/a.txt?${signed}`, 'my-bucket', 'in/a.txt'],
  ['https://s3.console.aws.amazon.com/s3/buckets/my-bucket?region=eu-west-1&tab=objects', 'my-bucket', ''],
  [
    'https://s3.console.aws.amazon.com/s3/buckets/my-bucket?prefix=in/deep/&showversions=no',
    'my-bucket',
    'in/deep/',
  ],
  [
    'https://eu-west-1.console.aws.amazon.com/s3/object/my-bucket?prefix=in/a+b.txt',
    'my-bucket',
    'in/a b.txt',
  ],
  ['http://127.0.0.1:9000/my-bucket/in/a', 'my-bucket', 'in/a'],
  ['https://my-bucket.s3.example.com/in/a', 'my-bucket', 'in/a'],
  ['https://my-bucket.s3.us-west-004.backblazeb2.com/a', 'my-bucket', 'a'],
  ['http://docs.localhost:9000/a', 'docs', 'a'],
  ['http://[::1]:9000/docs/in/a', 'docs', 'in/a'],
  ['https://docs.s3.eu-isoe-west-1.amazonaws.eu/a', 'docs', 'a'],
  ['https://docs.s3-website-us-east-1.amazonaws.com/a', 'docs', 'a'],
  ['https://docs.s3-website.eu-central-1.amazonaws.com/a', 'docs', 'a'],
  ['https://docs.oss-cn-hangzhou.aliyuncs.com/a', 'docs', 'a'],
  ['https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com/docs/a', 'docs', 'a'],
  ['https://docs.bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com/a', 'docs', 'a'],
  [
    'https://my-ap-123456789012.accesspoint.vpce-1a2b3c4d-5e6f.s3.eu-central-1.vpce.amazonaws.com/in/a',
    point,
    'in/a',
  ],
  ['arn:aws:s3express:us-west-2:123456789012:bucket/data--usw2-az1--x-s3', 'data--usw2-az1--x-s3', ''],
  [
    'arn:aws:s3express:us-west-2:123456789012:accesspoint/my-ap--usw2-az1--xa-s3',
    'my-ap--usw2-az1--xa-s3',
    '',
  ],
  ['s3://my-bucket/in/a  ', 'my-bucket', 'in/a  '],
  [' s3://my-bucket/in/a \n', 'my-bucket', 'in/a '],
  ['s3://my-bucket ', 'my-bucket', ''],
  ['arn:aws:s3:::my-bucket/ ', 'my-bucket', ' '],
  [`${point} `, point, ''],
];

describe('parseAddress reads', () => {
  for (const [text, bucket, key] of addresses) {
    it(text.replace(/\?X-Amz.*/, '?[signed]'), () => {
      assert.deepEqual(parseAddress(text), { bucket, key });
    });
  }

  it('a URL at the given endpoint', () => {
    const at = (text: string) => parseAddress(text, { endpoint: 'http://minio.s3.example.com:9000' });
    assert.deepEqual(at('http://minio.s3.example.com:9000/docs/a'), { bucket: 'docs', key: 'a' });
    assert.deepEqual(at('http://docs.minio.s3.example.com:9000/a'), { bucket: 'docs', key: 'a' });
  });
});

describe('parseAddress, at an endpoint with a path', () => {
  const endpoint = 'https://store.example.com/storage/v1/s3';
  const at = (text: string) => parseAddress(text, { endpoint });

  it('expects the bucket after the path', () => {
    assert.deepEqual(at(`${endpoint}/docs/in/a`), { bucket: 'docs', key: 'in/a' });
    const inHost = at('https://docs.store.example.com/storage/v1/s3/in/a');
    assert.deepEqual(inHost, { bucket: 'docs', key: 'in/a' });
  });

  it('refuses other paths', () => {
    for (const path of ['/storage/v1/object/docs/a', '/storage/v1/s3', '/storage/v1/s3x/docs/a']) {
      assert.ok('text' in at(`https://store.example.com${path}`), path);
    }
  });
});

describe('parseAddress, at an endpoint with a port', () => {
  it('recognizes the endpoint by host and port', () => {
    const at = (text: string) => parseAddress(text, { endpoint: 'http://[::1]:9000/base' });
    assert.deepEqual(at('http://[::1]:9000/base/docs/a'), { bucket: 'docs', key: 'a' });
    assert.deepEqual(at('http://[::1]:9001/base/docs/a'), { bucket: 'base', key: 'docs/a' });
  });
});

describe('parseAddress reads what formatS3Uri writes', () => {
  for (const [what, key] of Object.entries(oddKeys).filter(([, odd]) => !/[\r\n]$/.test(odd))) {
    it(what, () => {
      assert.deepEqual(parseAddress(formatS3Uri({ bucket: 'docs', key })), { bucket: 'docs', key });
    });
  }
});

describe('parseAddress refuses', () => {
  const rows: readonly (readonly [text: string, reason: RegExp])[] = [
    ['', /Enter a bucket name/],
    ['a/b', /Enter a bucket name/],
    ['s3://ab', /"ab" is not a valid bucket name/],
    ['https://example.com', /does not name a bucket/],
    ['https://s3.amazonaws.com/', /does not name a bucket/],
    ['https://my-bucket.s3.amazonaws.com/%zz', /does not name a bucket/],
    ['https://s3.console.aws.amazon.com/s3/home', /not about a bucket/],
    ['arn:aws:iam::123456789012:role/dev', /does not name a bucket or an S3 access point/],
    ['arn:aws:s3:::', /"" is not a valid bucket name/],
    ['arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap', /Multi-Region access points/],
    ['s3://arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap/in/', /Multi-Region access points/],
    ['mfzwi23gnjvgw.mrap', /Multi-Region access points/],
    [
      'arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/my-ap',
      /S3 on Outposts/,
    ],
    [
      'https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/key/a.txt',
      /Multi-Region access points/,
    ],
    [
      'https://my-ap-123456789012.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com/photos/a.txt',
      /S3 on Outposts/,
    ],
    ['https://my-ap-123456789012.s3-object-lambda.eu-west-1.amazonaws.com/photos/a.txt', /Object Lambda/],
    ['https://my-ap.s3-accesspoint.eu-west-1.amazonaws.com/photos/a.txt', /does not name a bucket/],
    ['https://123456789012.s3-control.us-east-1.amazonaws.com/photos/a', /is not an S3 host/],
    ['https://ec2.us-east-1.amazonaws.com/photos/a', /ec2\.us-east-1\.amazonaws\.com is not an S3 host/],
    ['arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/my-ap', /Object Lambda/],
  ];
  for (const [text, reason] of rows) {
    it(JSON.stringify(text), () => {
      const answer = parseAddress(text);
      assert.ok('text' in answer);
      assert.match(formatMessage(answer), reason);
    });
  }
});

describe('parsePlace', () => {
  const rows: readonly (readonly [text: string, prefix: string])[] = [
    ['my-bucket', ''],
    ['s3://my-bucket/', ''],
    ['s3://my-bucket/in', 'in/'],
    ['s3://my-bucket/in/', 'in/'],
    ['arn:aws:s3:::my-bucket/in/*', 'in/'],
    ['arn:aws:s3:::my-bucket/*', ''],
    ['https://my-bucket.s3.amazonaws.com/in/deep/a.txt', 'in/deep/'],
    ['https://my-bucket.s3.amazonaws.com/in/deep/', 'in/deep/'],
    [`https://my-bucket.s3.us-east-1.amazonaws.com/a.txt?${signed}`, ''],
    ['https://s3.console.aws.amazon.com/s3/buckets/my-bucket?prefix=in', 'in/'],
    ['https://s3.console.aws.amazon.com/s3/object/my-bucket?prefix=in/a.txt', 'in/'],
  ];
  for (const [text, prefix] of rows) {
    it(`reads ${JSON.stringify(prefix)} from ${text.replace(/\?X-Amz.*/, '?[signed]')}`, () => {
      assert.deepEqual(parsePlace(text), { bucket: 'my-bucket', prefix });
    });
  }

  it('ignores the signing parameters of a URL', () => {
    const place = parsePlace(`https://my-bucket.s3.us-east-1.amazonaws.com/in/a.txt?prefix=tok/&${signed}`);
    assert.deepEqual(place, { bucket: 'my-bucket', prefix: 'in/' });
  });

  it('states the reason if there is no bucket', () => {
    assert.ok('text' in parsePlace('https://example.com'));
  });
});

describe('foreignHost', () => {
  const own = 'http://127.0.0.1:9000/store';
  const rows: readonly (readonly [text: string, endpoint: string | undefined, host: string | undefined])[] = [
    ['my-bucket', undefined, undefined],
    ['s3://my-bucket/a', undefined, undefined],
    [point, undefined, undefined],
    ['https://my-bucket.s3.eu-central-1.amazonaws.com/a', undefined, undefined],
    ['https://s3.amazonaws.com/my-bucket', 'https://s3.eu-central-1.amazonaws.com', undefined],
    ['https://eu-west-1.console.aws.amazon.com/s3/object/my-bucket?prefix=a', undefined, undefined],
    [
      'https://eu-west-1.console.aws.amazon.com/s3/object/my-bucket?prefix=a',
      own,
      'eu-west-1.console.aws.amazon.com',
    ],
    ['https://my-bucket.nyc3.digitaloceanspaces.com/a', undefined, 'my-bucket.nyc3.digitaloceanspaces.com'],
    ['http://127.0.0.1:9000/store/my-bucket', own, undefined],
    ['https://my-bucket.minio.example.com/a', 'https://minio.example.com', undefined],
    ['http://127.0.0.1:9001/store/my-bucket', own, '127.0.0.1:9001'],
    [`https://s3.amazonaws.com/my-bucket?${signed}`, own, 's3.amazonaws.com'],
  ];
  for (const [text, endpoint, host] of rows) {
    it(`of ${text.replace(/\?X-Amz.*/, '?[signed]')} at ${endpoint ?? 'AWS'} is ${host ?? 'none'}`, () => {
      assert.equal(foreignHost(text, { endpoint }), host);
    });
  }
});

describe('parseAddress: text pasted by mistake', () => {
  const reading = (text: string) => () => {
    parseAddress(text);
    parsePlace(text);
  };
  // The text is eight times as long; a quadratic reader would take 64 times as long.
  const isLinear = ({ short, long }: Times) => long < 24 * Math.max(short, 0.05);

  const pieces: readonly (readonly [before: string, piece: string, after: string])[] = [
    ['s3://docs/', '\n', 'x'],
    ['arn:aws:s3:::docs/', '\r\n', 'x'],
    ['https://', 's3.', '!'],
    ['https://', 's3.', '/docs/a'],
    ['https://docs.s3.amazonaws.com/', '/', ''],
  ];
  for (const [before, piece, after] of pieces) {
    it(`takes time in proportion to its length: ${JSON.stringify(before + piece)}`, () => {
      const textOf = (length: number) => before + piece.repeat(length / piece.length) + after;
      const { short, long } = minOfEach(reading(textOf(2000)), reading(textOf(16_000)), isLinear);
      assert.ok(isLinear({ short, long }), `${short} ms, then ${long} ms`);
    });
  }

  it('is refused in one sentence if it is longer than any address', () => {
    const read = parseAddress(`s3://docs/${'a'.repeat(17_000)}`);
    assert.ok('text' in read && read.text.startsWith('This text is too long for an address.'));
  });

  it('is refused if there is a user name before the host', () => {
    const read = parseAddress('https://docs.s3.amazonaws.com@store.example/docs/a');
    assert.ok('text' in read && read.text.includes('user name before its host'));
  });
});
