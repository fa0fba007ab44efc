import assert from 'node:assert/strict';
import { Connection } from '../../../src/core/connection/connection.js';
import { resolveServiceSettings } from '../../../src/core/connection/serviceSettings.js';
import { hasCode, writeLinkCode } from '../../../src/core/links/code/codes.js';
import { LinkProblemError, missingKind } from '../../../src/core/links/linkProblem.js';
import { linkKind, linkKinds, type LinkKindId } from '../../../src/core/links/kinds.js';
import { InvalidExpiryError, signLink } from '../../../src/core/links/sign.js';
import type { LinkTarget } from '../../../src/core/links/target.js';
import { InvalidKeyError } from '../../../src/core/storage/keys.js';
import { useServer } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { sentForm } from '../../support/sentForm.js';

const file = {
  name: 'a',
  sizeBytes: 1,
  md5Base64: 'A'.repeat(22) + '==',
  sha256Base64: 'A'.repeat(43) + '=',
};

/** A request, and a part of the message that refuses it. */
const refused: readonly (readonly [kind: LinkKindId, options: Partial<LinkTarget>, says: RegExp])[] = [
  ['getAs', {}, /file name is empty/],
  ['getAs', { fileName: '\r\n' }, /file name is empty/],
  ['getAs', { fileName: '\ud83d' }, /file name is empty/],
  ['getVersion', {}, /not a version ID/],
  ['getVersion', { versionId: 'a b' }, /not a version ID/],
  ['putExact', {}, /No file was chosen/],
  ['put', { contentType: 'text/plain\r\nx: y' }, /content type/],
  ['put', { contentType: 'größe' }, /content type/],
  ['put', { cacheControl: ' no-store' }, /cache control/],
  ['put', { cacheControl: 'a  b' }, /cache control/],
  ['put', { storageClass: '' }, /storage class/],
  ['putExact', { file, encryption: { kind: 'kms', keyId: 'ключ' } }, /KMS key/],
  ['put', { metadata: { 'a b': 'c' } }, /metadata name/],
  ['put', { metadata: { a: 'ü' } }, /metadata value of a/],
  ['put', { metadata: { a: 'x'.repeat(2048) } }, /2 KB/],
  ['post', { key: 'a/${filename}' }, /\$\{filename\}/],
  ['post', { form: { minBytes: 2, maxBytes: 1 } }, /minimum size/],
  ['post', { form: { maxBytes: 6 * 1024 ** 3 } }, /5 GiB/],
  ['post', { form: { minBytes: -1 } }, /5 GiB/],
  ['post', { form: { typeIsPrefix: true } }, /content type prefix/],
  ['post', { form: { successRedirect: 'javascript:alert(1)' } }, /http/],
];

describe('a link that cannot be made as requested', () => {
  const use = useServer();

  for (const [kind, options, says] of refused) {
    it(`${kind} ${JSON.stringify(options)} is refused before any request`, async () => {
      const request = { kind, bucket: 'docs', key: 'a', ...options, expiresInSeconds: 60 };
      const makings: (() => Promise<unknown>)[] = [() => use.sign(request)];
      const connection = await use.connect();
      if (hasCode(kind)) makings.push(() => writeLinkCode('python', connection, request));
      for (const make of makings) {
        const error = await rejection(make());
        assert.ok(error instanceof LinkProblemError);
        assert.match(error.message, says);
      }
      assert.equal(use.server.requests.length, 0);
    });
  }

  for (const kind of Object.keys(linkKinds) as LinkKindId[]) {
    it(`${kind}: an empty key is ${linkKind(kind).about === 'prefix' ? 'the whole bucket' : 'refused'}`, async () => {
      const options = { fileName: 'a', versionId: 'v', file };
      const signing = use.sign({ kind, bucket: 'docs', key: '', ...options, expiresInSeconds: 60 });
      if (linkKind(kind).about === 'prefix') await signing;
      else assert.ok((await rejection(signing)) instanceof InvalidKeyError);
    });
  }

  it('is refused in code as well: an empty key, and an invalid expiry', async () => {
    const connection = await use.connect();
    const request = { kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;
    const withoutKey = writeLinkCode('python', connection, { ...request, key: '' });
    assert.ok((await rejection(withoutKey)) instanceof InvalidKeyError);
    const withoutLife = writeLinkCode('python', connection, { ...request, expiresInSeconds: 0 });
    assert.ok((await rejection(withoutLife)) instanceof InvalidExpiryError);
  });

  it('a form may be for every key of a bucket', async () => {
    const request = { kind: 'post', bucket: 'docs', key: '', form: { keyIsPrefix: true } } as const;
    const link = await use.sign({ ...request, expiresInSeconds: 60 });
    assert.equal(sentForm(link).fields.key, '${filename}');
  });
});

describe('what a store does not support', () => {
  const r2 = 'https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com';
  const lacking: readonly (readonly [
    endpoint: string | undefined,
    bucket: string,
    says: RegExp | undefined,
  ])[] = [
    [r2, 'b', /Cloudflare R2 does not support form uploads/],
    ['https://s3.us-west-004.backblazeb2.com', 'b', /Backblaze B2/],
    ['https://minio.example.com', 'b', undefined],
    [undefined, 'b', undefined],
    [undefined, 'b--use1-az4--x-s3', /general purpose/],
    [undefined, 'arn:aws:s3:eu-central-1:123456789012:accesspoint/a', /general purpose/],
  ];
  for (const [endpoint, bucket, says] of lacking) {
    it(`form uploads to ${bucket} at ${endpoint ?? 'AWS'}`, () => {
      const message = missingKind('post', { endpoint, bucket });
      if (says === undefined) assert.equal(message, undefined);
      else
        assert.match(
          [message?.text, ...(message?.args ?? [])].join().replace('{0}', String(message?.args?.[0])),
          says,
        );
      assert.equal(missingKind('put', { endpoint, bucket }), undefined);
    });
  }

  it('is refused before credentials are requested', async () => {
    const settings = resolveServiceSettings(undefined, {
      services: new Map(),
      env: { AWS_ENDPOINT_URL: r2 },
    });
    let asked = 0;
    const connection = new Connection({ kind: 'environment' }, settings, {
      credentials: () => {
        asked += 1;
        return Promise.reject(new Error('No credentials.'));
      },
      version: '0.0.0',
    });
    const form = { kind: 'post', bucket: 'b', key: 'a', expiresInSeconds: 60 } as const;
    for (const making of [signLink(connection, form), writeLinkCode('python', connection, form)])
      assert.match((await rejection(making)).message, /^Cloudflare R2 does not support form uploads/);
    assert.equal(asked, 0);
    connection.dispose();
  });
});
