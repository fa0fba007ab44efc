import assert from 'node:assert/strict';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { connect } from '../../../src/core/connection/connect.js';
import type { Connection } from '../../../src/core/connection/connection.js';
import { linkKind, linkKinds, type LinkKindId, type ObjectKindId } from '../../../src/core/links/kinds.js';
import { signLink } from '../../../src/core/links/sign.js';
import { signMany, type ManyRequest } from '../../../src/core/links/signMany.js';
import type { LinkOptions } from '../../../src/core/links/target.js';
import { useAwsFiles } from '../../support/awsFiles.js';
import { dotSegmentKeys, oddKeys } from '../../support/oddKeys.js';
import { queryOf } from '../support/queries.js';
import { temporary } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer } from '../../support/server.js';

/** Each option at least once, with a kind that has it. Other kinds are signed without options. */
const optionsOf: Partial<Record<ObjectKindId, LinkOptions>> = {
  get: { contentType: 'text/html; charset=utf-8', inline: true },
  getAs: { fileName: `it's "ü" (1)*.txt` },
  getVersion: { versionId: '3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo' },
  put: {
    contentType: 'text/plain',
    cacheControl: 'max-age=60, public',
    metadata: { Author: 'me & you', b: '100% +1' },
    storageClass: 'STANDARD_IA',
    encryption: { kind: 'kms', keyId: 'alias/docs' },
  },
  putCreateOnly: { encryption: { kind: 's3' } },
  putExact: {
    file: {
      name: 'a',
      sizeBytes: 5,
      md5Base64: 'XUFAKrxLKna5cZ2REBfFkg==',
      sha256Base64: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
    },
  },
};

const kinds = (Object.keys(linkKinds) as LinkKindId[]).filter(isObjectKind);

function isObjectKind(id: LinkKindId): id is ObjectKindId {
  const { about, signs } = linkKind(id);
  return about === 'object' && signs !== 'form';
}

/** Keys of random length, made of what gets escaped, what does not, and what looks escaped already. */
function generatedKeys(count: number): readonly string[] {
  const letters = [
    ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
    ...['\u00e9', 'e\u0301', '\u{1f600}', '\n', '\u202e', '%2F', '/', '//'],
  ];
  let state = 20_261;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random(40) }, () => letters[random(letters.length)] ?? 'a').join(''),
  );
}

const keys = [...Object.values(oddKeys), ...Object.values(dotSegmentKeys), ...generatedKeys(400)];

/** Signs all keys both ways for the same time; gives the keys whose links differ. */
async function differing(
  connection: Connection,
  request: ManyRequest,
  now = new Date(),
): Promise<readonly string[]> {
  const wrong: string[] = [];
  let count = 0;
  for await (const links of signMany(connection, request, { keys: [keys.slice(0, 7), keys.slice(7)], now })) {
    for (const link of links) {
      const key = keys[count] ?? '';
      const single = await signLink(connection, { ...request, key }, { now });
      if (JSON.stringify(link) !== JSON.stringify(single)) wrong.push(key);
      count += 1;
    }
  }
  assert.equal(count, keys.length);
  return wrong;
}

describe('signMany returns the same as signLink, byte for byte', () => {
  const use = useServer();

  it('covers every kind except the two whose key is not in the path', () => {
    const others = Object.keys(linkKinds).filter((id) => !kinds.some((kind) => kind === id));
    assert.deepEqual(others.toSorted(), ['list', 'post']);
    const bare = kinds.filter((id) => linkKind(id).needs.length > 0 && optionsOf[id] === undefined);
    assert.deepEqual(bare, []);
  });

  for (const kind of kinds) {
    for (const profile of ['alice', 'temporary']) {
      it(`${kind} by ${profile}`, async () => {
        const connection = await use.connect(profile);
        const request = { kind, bucket: 'eu-docs', expiresInSeconds: 3600, ...optionsOf[kind] };
        assert.deepEqual(await differing(connection, request), []);
      });
    }
  }
});

const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/my-ap';

/** Buckets, and the settings of the profile that affect their address. */
const places: readonly (readonly [
  what: string,
  bucket: string,
  settings: Readonly<Record<string, string>>,
])[] = [
  ['AWS', 'my-bucket', {}],
  ['a bucket with dots', 'my.bucket', {}],
  ['an access point', point, {}],
  ['an access point with FIPS', point, { use_fips_endpoint: 'true' }],
  ['dual-stack', 'my-bucket', { use_dualstack_endpoint: 'true' }],
  ['FIPS', 'my-bucket', { use_fips_endpoint: 'true' }],
  ['acceleration', 'my-bucket', { s3: '\n  use_accelerate_endpoint = true' }],
  ['path style', 'my-bucket', { s3: '\n  addressing_style = path' }],
  ['an endpoint with a base path', 'my-bucket', { endpoint_url: 'https://s3.example.com:9443/base/path' }],
  [
    'an endpoint with the bucket in the host',
    'my-bucket',
    { endpoint_url: 'https://s3.example.com', s3: '\n  addressing_style = virtual' },
  ],
  ['an IPv6 endpoint', 'my-bucket', { endpoint_url: 'http://[::1]:9000' }],
];

describe('signMany returns the same as signLink, for every kind of bucket address', () => {
  const aws = useAwsFiles();
  let connection: Connection | undefined;
  afterEach(() => connection?.dispose());

  for (const [what, bucket, settings] of places) {
    it(what, async () => {
      const text = profileText('profile home', {
        region: 'us-east-1',
        ...keySettings(temporary),
        ...settings,
      });
      aws.write({ config: text });
      connection = await connect({ kind: 'profile', name: 'home' }, { env: {}, version: '0.0.0' });
      connection.rememberRegion(bucket, 'eu-central-1');
      for (const kind of ['get', 'put'] as const) {
        const request = { kind, bucket, expiresInSeconds: 60, ...optionsOf[kind] };
        assert.deepEqual(await differing(connection, request), [], kind);
      }
    });
  }
});

const directory = 'data--use1-az4--x-s3';

describe('signMany in a directory bucket', () => {
  const use = useServer();
  const request = { kind: 'get', bucket: directory, expiresInSeconds: 3600 } as const;
  beforeEach(() => {
    use.server.createBucket(directory);
  });

  it('signs all links with one session, like the SDK, and S3 accepts them', async () => {
    const connection = await use.connect();
    use.server.putObject(directory, 'a b', 'hello');
    use.server.clearRequests();
    const wrong: string[] = [];
    const now = new Date();
    for await (const links of signMany(connection, request, { keys: [['a b'], keys], now })) {
      for (const { key, url, limit } of links) {
        assert.equal(limit, 'session');
        if (url !== (await signedBySdk(connection, { key, url, now }))) wrong.push(key);
        if (key === 'a b') assert.equal((await fetch(url)).status, 200);
      }
    }
    assert.deepEqual(wrong, []);
    const sessions = use.server.requests.filter(({ operation }) => operation === 'CreateSession');
    assert.equal(sessions.length, 1);
  });
});

/** Signs with the latest session of the connection. */
async function signedBySdk(
  connection: Connection,
  { key, url, now }: { readonly key: string; readonly url: string; readonly now: Date },
): Promise<string> {
  const command = new GetObjectCommand({ Bucket: directory, Key: key });
  return getSignedUrl(await connection.clientFor(directory), command, {
    expiresIn: Number(queryOf(url).get('X-Amz-Expires')),
    signingDate: now,
    signableHeaders: new Set(['host']),
  });
}
