import assert from 'node:assert/strict';
import { BucketError } from '../../../src/core/connection/bucketKind.js';
import { connect } from '../../../src/core/connection/connect.js';
import type { Connection } from '../../../src/core/connection/connection.js';
import { signLink } from '../../../src/core/links/sign.js';
import { useAwsFiles } from '../../support/awsFiles.js';
import { alice } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer } from '../../support/server.js';
import { must, rejection } from '../../support/values.js';
import { expectedSignature, scopeOf, takeApart, valueOf } from '../../support/verifier.js';

const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/my-ap';
const alias = 'my-ap-abcdefghijklmnopqrstuvwxyz012-s3alias';

interface Place {
  readonly bucket: string;
  /** The region that the store reported for the bucket. */
  readonly told?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly host: string;
  readonly region: string;
  readonly path?: string;
}

/** For a profile in us-east-1 at AWS itself; nothing is sent. */
const places: Readonly<Record<string, Place>> = {
  "a bucket in the profile's region": {
    bucket: 'my-bucket',
    told: 'us-east-1',
    host: 'my-bucket.s3.us-east-1.amazonaws.com',
    region: 'us-east-1',
  },
  'a bucket in another region': {
    bucket: 'my-bucket',
    told: 'eu-central-1',
    host: 'my-bucket.s3.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
  },
  'a bucket with dots in another region': {
    bucket: 'my.bucket',
    told: 'eu-central-1',
    host: 's3.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
    path: '/my.bucket/in/a b.txt',
  },
  'an access point of another region': {
    bucket: point,
    host: 'my-ap-123456789012.s3-accesspoint.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
  },
  'an access point in a profile with path-style addressing': {
    bucket: point,
    settings: { s3: '\n  addressing_style = path' },
    host: 'my-ap-123456789012.s3-accesspoint.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
  },
  'an access point in a profile with acceleration': {
    bucket: point,
    settings: { s3: '\n  use_accelerate_endpoint = true' },
    host: 'my-ap-123456789012.s3-accesspoint.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
  },
  'an access point in China': {
    bucket: 'arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/my-ap',
    host: 'my-ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn',
    region: 'cn-north-1',
  },
  'an access point with FIPS': {
    bucket: point,
    settings: { use_fips_endpoint: 'true' },
    host: 'my-ap-123456789012.s3-accesspoint-fips.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
  },
  'the alias of an access point': {
    bucket: alias,
    told: 'eu-central-1',
    host: `${alias}.s3.eu-central-1.amazonaws.com`,
    region: 'eu-central-1',
  },
};

const interfaceEndpoint = 'https://accesspoint.vpce-1a2b3c4d-5e6f.s3.eu-central-1.vpce.amazonaws.com';

const atInterface: Readonly<Record<string, Place>> = {
  'an access point at an interface endpoint for access points': {
    bucket: point,
    settings: { endpoint_url: interfaceEndpoint },
    host: `my-ap-123456789012.${new URL(interfaceEndpoint).host}`,
    region: 'eu-central-1',
  },
  'a bucket that does not support acceleration': {
    bucket: 'my.Dotted.bucket',
    told: 'eu-central-1',
    settings: { s3: '\n  use_accelerate_endpoint = true' },
    host: 's3.eu-central-1.amazonaws.com',
    path: '/my.Dotted.bucket/in/a b.txt',
    region: 'eu-central-1',
  },
};

describe('signLink at AWS: host, path and scope', () => {
  const aws = useAwsFiles();
  let connection: Connection | undefined;
  afterEach(() => connection?.dispose());

  for (const [what, { bucket, told, settings, host, region, path = '/in/a b.txt' }] of Object.entries({
    ...places,
    ...atInterface,
  })) {
    for (const kind of ['get', 'put'] as const) {
      it(`${kind}: ${what}`, async () => {
        aws.write({
          config: profileText('profile home', { region: 'us-east-1', ...keySettings(alice), ...settings }),
        });
        connection = await connect({ kind: 'profile', name: 'home' }, { env: {}, version: '0.0.0' });
        if (told !== undefined) connection.rememberRegion(bucket, told);
        const request = { kind, bucket, key: 'in/a b.txt', expiresInSeconds: 60 } as const;
        const link = await signLink(connection, request, { now: new Date() });
        const seen = takeApart(link.url);
        assert.deepEqual([seen.host, seen.path], [host, path]);
        const { region: signedFor, service } = scopeOf(seen);
        assert.deepEqual([signedFor, service], [region, 's3']);
        const { secretAccessKey } = alice;
        const signature = expectedSignature(seen, { method: link.method, secretAccessKey });
        assert.ok(valueOf(seen, 'X-Amz-Signature') === signature, 'the signature is wrong');
      });
    }
  }
});

describe('signLink: unsupported buckets', () => {
  const use = useServer();
  const request = { kind: 'get', key: 'a', expiresInSeconds: 60 } as const;

  for (const [bucket, reason] of [
    ['arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap', /Multi-Region/],
    ['arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/my-ap', /Outposts/],
    [point, /Access points are not available at http:\/\/127\.0\.0\.1/],
  ] as const) {
    it(`are refused with the reason before anything is sent: ${bucket}`, async () => {
      const error = await rejection(use.sign({ ...request, bucket }));
      assert.ok(error instanceof BucketError);
      assert.match(error.message, reason);
      assert.equal(use.server.requests.length, 0);
    });
  }

  it('the host of a link is that of the endpoint', async () => {
    const { url } = await use.sign({ ...request, bucket: 'eu-docs' });
    assert.equal(takeApart(url).host, must(use.server.endpoint.split('//')[1]));
  });
});
