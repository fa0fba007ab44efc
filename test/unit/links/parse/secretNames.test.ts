import assert from 'node:assert/strict';
import { redact } from '../../../../src/core/failures/redact.js';
import {
  hasSignedQuery,
  isSecretName,
  isSigningField,
  isSigningParameter,
} from '../../../../src/core/links/parse/secretNames.js';

const value = 'hunter2hunter2';

const sse = 'x-amz-server-side-encryption';
const copySource = 'x-amz-copy-source-server-side-encryption';
const proofs = ['x-amz-signature', 'x-amz-credential', 'x-amz-security-token', 'x-amz-s3session-token'];
const cookies = ['cookie', 'set-cookie'];
const others = [
  ...['policy', 'signature', 'awsaccesskeyid', 'authorization', 'proxy-authorization', ...proofs],
  ...[sse, copySource].flatMap((prefix) =>
    ['', '-md5', '-sha256'].map((digest) => `${prefix}-customer-key${digest}`),
  ),
  ...['x-amz-encryption-key', 'x-amz-encryption-key-sha256', 'x-amz-copy-source-encryption-key'],
];

describe('secret names', () => {
  for (const name of [...others, ...cookies]) {
    it(`${name} is secret in links and in logs`, () => {
      for (const written of [name, name.toUpperCase(), name.replace('x-amz-', 'x-goog-')])
        assert.ok(isSecretName(written), written);
      const texts = [`${name}: ${value}`, JSON.stringify({ [name]: value })];
      if (others.includes(name)) texts.push(`${name}=${value}&a=b`);
      for (const text of texts) assert.ok(!redact(text).includes(value), text);
    });
  }

  it('are whole names', () => {
    for (const name of ['x-amz-meta-signature', 'x-amz-meta-customer-key', 'my-policy', 'token', ''])
      assert.ok(!isSecretName(name), name);
  });

  it('are not shown among the parameters or fields, where they belong to the signature', () => {
    const prefix = 'x-amz-';
    for (const name of [
      'signature',
      'awsaccesskeyid',
      ...proofs,
      `${prefix}date`,
      `${prefix}algorithm`,
      'X-Amz-Date',
    ]) {
      assert.ok(isSigningField(name), name);
      assert.ok(isSigningParameter(name), name);
    }
    const rows = [
      ['policy', true, false],
      ['expires', false, true],
      [`${prefix}expires`, false, true],
      [`${prefix}meta-a`, false, false],
    ] as const;
    for (const [name, inForm, inUrl] of rows)
      assert.deepEqual([isSigningField(name), isSigningParameter(name)], [inForm, inUrl], name);
  });
});

describe('hasSignedQuery', () => {
  it('finds each part of a signature', () => {
    for (const name of proofs)
      for (const written of [name, name.slice('x-amz-'.length), name.toUpperCase()])
        assert.ok(hasSignedQuery(`/docs/a?x=1&${written}=1`), written);
    assert.ok(!hasSignedQuery('/docs/a?versionId=1&x-amz-date=2'));
  });
});
