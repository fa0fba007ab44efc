import assert from 'node:assert/strict';
import { redact } from '../../../../src/core/failures/redact.js';
import {
  hasSignedQuery,
  isSecretName,
  isSigningField,
  isSigningParameter,
  secretNames,
} from '../../../../src/core/links/parse/secretNames.js';

const value = 'hunter2hunter2';

describe('secret names', () => {
  for (const name of secretNames) {
    it(`${name} is secret in links and in logs`, () => {
      for (const written of [name, name.toUpperCase(), name.replace('x-amz-', 'x-goog-')])
        assert.ok(isSecretName(written), written);
      for (const text of [`${name}: ${value}`, `${name}=${value}&a=b`, JSON.stringify({ [name]: value })])
        assert.ok(!redact(text).includes(value), text);
    });
  }

  it('are whole names', () => {
    for (const name of ['x-amz-meta-signature', 'x-amz-meta-customer-key', 'my-policy', 'token', ''])
      assert.ok(!isSecretName(name), name);
  });

  it('are not shown among the parameters or fields, where they belong to the signature', () => {
    const prefix = 'x-amz-';
    const parts = secretNames.filter(
      (name) => !/encryption|authorization|cookie/.test(name) && name !== 'policy',
    );
    for (const name of [...parts, `${prefix}date`, `${prefix}algorithm`, 'X-Amz-Date']) {
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
    for (const name of secretNames.filter((one) => /^x-amz-(?!.*encryption)/.test(one)))
      for (const written of [name, name.slice('x-amz-'.length), name.toUpperCase()])
        assert.ok(hasSignedQuery(`/docs/a?x=1&${written}=1`), written);
    assert.ok(!hasSignedQuery('/docs/a?versionId=1&x-amz-date=2'));
  });
});
