import assert from 'node:assert/strict';
import { connect } from '../../src/core/connection/connect.js';
import type { Connection } from '../../src/core/connection/connection.js';
import { formatAttachment } from '../../src/core/links/disposition.js';
import type { FormUpload } from '../../src/core/links/exchange.js';
import type { LinkKindId } from '../../src/core/links/kinds.js';
import { signLink, type Link } from '../../src/core/links/sign.js';
import type { LinkOptions } from '../../src/core/links/target.js';
import { useAwsFiles } from '../support/awsFiles.js';
import { generateKeys } from '../support/generatedKeys.js';
import { dotSegmentKeys, oddKeys } from '../support/oddKeys.js';
import { sentForm } from '../support/sentForm.js';
import { profileText } from '../support/awsSettings.js';
import { must } from '../support/values.js';
import { signWithBotocore, useBotocore, type Answered, type UrlCase } from './botocore/botocore.js';

const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const date = '20260301T123456Z';
const now = new Date(Date.UTC(2026, 2, 1, 12, 34, 56));
const expires = 86_400;
const region = 'eu-central-1';

const places = { aws: '', 'another endpoint': 'http://127.0.0.1:9000' } as const;
const keys = [...Object.values(oddKeys), ...Object.values(dotSegmentKeys), ...generateKeys(400, 20_260_301)];

interface Row {
  readonly kind: LinkKindId;
  readonly operation: string;
  readonly options?: LinkOptions;
  /** The options as botocore's parameters. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const typed = { contentType: 'text/plain; charset=utf-8', metadata: { 'some-name': 'a value' } };
const file = {
  name: 'hello.txt',
  sizeBytes: 5,
  md5Base64: 'XUFAKrxLKna5cZ2REBfFkg==',
  sha256Base64: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
};
const rows: readonly Row[] = [
  { kind: 'get', operation: 'get_object' },
  {
    kind: 'get',
    operation: 'get_object',
    options: { contentType: 'text/html', inline: true },
    parameters: { ResponseContentType: 'text/html', ResponseContentDisposition: 'inline' },
  },
  {
    kind: 'getVersion',
    operation: 'get_object',
    options: { versionId: '3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY' },
    parameters: { VersionId: '3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY' },
  },
  {
    kind: 'getAs',
    operation: 'get_object',
    options: { fileName: 'Über "uns".md' },
    parameters: { ResponseContentDisposition: formatAttachment('Über "uns".md') },
  },
  { kind: 'head', operation: 'head_object' },
  { kind: 'delete', operation: 'delete_object' },
  { kind: 'put', operation: 'put_object' },
  {
    kind: 'put',
    operation: 'put_object',
    options: { ...typed, storageClass: 'STANDARD_IA', encryption: { kind: 'kms', keyId: 'a/b' } },
    parameters: {
      ContentType: typed.contentType,
      Metadata: typed.metadata,
      StorageClass: 'STANDARD_IA',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'a/b',
    },
  },
  {
    kind: 'put',
    operation: 'put_object',
    options: { cacheControl: 'max-age=60, private', encryption: { kind: 's3' } },
    parameters: { CacheControl: 'max-age=60, private', ServerSideEncryption: 'AES256' },
  },
  {
    kind: 'putExact',
    operation: 'put_object',
    options: { file },
    parameters: {
      ContentLength: file.sizeBytes,
      ContentMD5: file.md5Base64,
      ChecksumSHA256: file.sha256Base64,
    },
  },
  { kind: 'list', operation: 'list_objects_v2' },
];

/** Where a link that botocore makes differs from ours for the same request, and why. */
const differences = {
  host: 'at AWS botocore leaves the region out of the host of a bucket; the SDK writes it, and saves a redirect',
  'X-Amz-Content-Sha256': "the SDK repeats in the query that the body is unsigned, SigV4's default for links",
  'x-id': 'the SDK names the operation',
  'encoding-type':
    'botocore decodes listings itself and asks for encoded keys; whoever uses our link does not',
  path: 'the address of a bucket: the SDK ends it with a slash, botocore does not; servers take both',
  'X-Amz-Signature': 'is that of the other parameters and the host',
} as const;

interface Parts {
  readonly host: string;
  readonly path: string;
  /** Encoded as in the URL. */
  readonly query: ReadonlyMap<string, string>;
}

function partsOf(url: string): Parts {
  const [, host = '', path = '', query = ''] = /^https?:\/\/([^/?]+)([^?]*)\?(.*)$/.exec(url) ?? [];
  const pairs = query.split('&').map((pair) => pair.split('=', 2) as [string, string]);
  return { host, path, query: new Map(pairs) };
}

function differing(ours: string, theirs: string): readonly string[] {
  const [one, other] = [partsOf(ours), partsOf(theirs)];
  const names = [...new Set([...one.query.keys(), ...other.query.keys()])];
  return [
    ...(one.host === other.host ? [] : ['host']),
    ...(one.path === other.path ? [] : ['path']),
    ...names.filter((name) => one.query.get(name) !== other.query.get(name)).sort(),
  ];
}

const addedBySigning = /^X-Amz-(?:Algorithm|Credential|Date|Expires|SignedHeaders|Signature)$/;

function unsigned(url: string): string {
  const [address = '', query = ''] = url.split('?', 2);
  return `${address}?${query
    .split('&')
    .filter((pair) => !addedBySigning.test(pair.split('=', 1)[0] ?? ''))
    .join('&')}`;
}

interface Pair {
  readonly link: Link;
  readonly row: Row;
  readonly place: keyof typeof places;
  readonly case: UrlCase;
}

async function pairOf(
  connection: Connection,
  row: Row,
  place: keyof typeof places,
  key: string,
): Promise<Pair> {
  const about = { bucket: 'docs', key, ...row.options };
  const link = await signLink(connection, { kind: row.kind, ...about, expiresInSeconds: expires }, { now });
  const where = row.kind === 'list' ? { Bucket: 'docs', Prefix: key } : { Bucket: 'docs', Key: key };
  const exactly = link.sends.what === 'file' ? link.sends.bodyBytes?.min : undefined;
  const asked: UrlCase = {
    region,
    endpoint: places[place],
    method: link.method,
    expires,
    unsignedUrl: unsigned(link.url),
    // Every client sends the length by itself, so our headers do not include it.
    headers: { ...link.headers, ...(exactly === undefined ? {} : { 'content-length': String(exactly) }) },
    operation: row.operation,
    parameters: { ...where, ...row.parameters },
  };
  return { link, row, place, case: asked };
}

/** Opens connections that know the region of their bucket and need no request to find it. */
function useConnections(): (place: keyof typeof places) => Promise<Connection> {
  const aws = useAwsFiles();
  const open: Connection[] = [];
  afterEach(() => {
    for (const connection of open.splice(0)) connection.dispose();
  });
  return async (place) => {
    const keyPair = { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey };
    aws.write({ credentials: profileText('p', { ...keyPair, endpoint_url: places[place], region }) });
    const connection = await connect({ kind: 'profile', name: 'p' }, { env: {}, version: '0.0.0' });
    open.push(connection);
    connection.rememberRegion('docs', region);
    return connection;
  };
}

/** Every row for some keys, and every key for the plain download and the plain upload. */
async function pairsAt(connection: Connection, place: keyof typeof places): Promise<readonly Pair[]> {
  const made: Pair[] = [];
  for (const row of rows) {
    const isPlain = row.options === undefined && /^(?:get|put)$/.test(row.kind);
    for (const key of isPlain ? keys : keys.slice(0, 50))
      made.push(await pairOf(connection, row, place, key));
  }
  return made;
}

function signAll(pairs: readonly Pair[]): Promise<Answered> {
  const urls = pairs.map((pair) => pair.case);
  return signWithBotocore({ accessKeyId, secretAccessKey, date, urls, policies: [] });
}

function expectedDifferences({ row, place }: Pair): readonly string[] {
  const isList = row.kind === 'list';
  return [
    ...(place === 'aws' ? ['host'] : []),
    ...(isList && place !== 'aws' ? ['path'] : []),
    'X-Amz-Content-Sha256',
    'X-Amz-Signature',
    ...(isList ? ['encoding-type'] : []),
    ...(isList || row.kind === 'head' ? [] : ['x-id']),
  ];
}

describe('against botocore', function () {
  this.timeout(120_000);
  useBotocore();
  const connectTo = useConnections();

  for (const place of ['aws', 'another endpoint'] as const) {
    it(`${place}: every link has the signature that botocore computes for its URL and headers`, async () => {
      const pairs = await pairsAt(await connectTo(place), place);
      assert.ok(pairs.length > 1000, `${pairs.length} links`);
      const { urls } = await signAll(pairs);
      const wrong = pairs.filter(
        ({ link }, index) => differing(link.url, must(urls[index]).signed).length > 0,
      );
      assert.deepEqual(
        wrong.map(({ row, link }) => [row.operation, link.key]),
        [],
      );
    });
  }

  it('botocore creates the same links, except for the listed differences', async () => {
    const pairs = [
      ...(await pairsAt(await connectTo('aws'), 'aws')),
      ...(await pairsAt(await connectTo('another endpoint'), 'another endpoint')),
    ];
    const { urls } = await signAll(pairs);
    const seen = new Set<string>();
    for (const [index, pair] of pairs.entries()) {
      const found = differing(pair.link.url, must(urls[index]).made);
      const what = `${pair.row.operation} at ${pair.place}: ${JSON.stringify(pair.link.key)}`;
      assert.deepEqual(found, expectedDifferences(pair), what);
      for (const name of found) seen.add(name);
    }
    assert.deepEqual([...seen].sort(), Object.keys(differences).sort());
  });

  it('every form policy has the signature that botocore computes', async () => {
    const connection = await connectTo('aws');
    const forms: FormUpload[] = [];
    for (const key of keys.slice(0, 150)) {
      const form = { keyIsPrefix: forms.length % 2 === 0, minBytes: 1, maxBytes: forms.length + 1 };
      const about = { bucket: 'docs', key, form, contentType: 'text/plain', expiresInSeconds: expires };
      forms.push(sentForm(await signLink(connection, { kind: 'post', ...about }, { now })));
    }
    const policies = forms.map(({ fields }) => ({ region, policy: must(fields.policy) }));
    const signed = await signWithBotocore({ accessKeyId, secretAccessKey, date, urls: [], policies });
    assert.equal(signed.policies.length, 150);
    assert.ok(forms.every(({ fields }, index) => fields['x-amz-signature'] === signed.policies[index]));
  });
});
