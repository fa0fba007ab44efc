import assert from 'node:assert/strict';
import { sentValuesOf } from '../../../src/core/transfer/sentValues.js';
import { readLink } from '../support/receivedLinks.js';
import { writtenForm, writtenV4 } from '../support/writtenLinks.js';

const url = readLink(writtenV4({ address: 'https://docs.s3.eu-west-1.amazonaws.com/a/b.txt' }));
const form = readLink(JSON.stringify(writtenForm([{ bucket: 'docs' }])));
const customerKey = 'x-amz-server-side-encryption-customer-key';

describe('what an upload sends besides the file', () => {
  it('is named in full, and shown but for what is secret', () => {
    const shown = {
      'x-amz-meta-customer-key': 'a',
      'x-amz-meta-authorization': 'b',
      [`${customerKey}-algorithm`]: 'AES256',
      'x-signature': 'c',
      key: 'd',
      bucket: 'e',
    };
    const hidden = [
      customerKey,
      `${customerKey}-md5`,
      'Authorization',
      'cookie',
      'signature',
      'policy',
    ].concat(['x-amz-security-token', 'x-amz-s3session-token', 'x-amz-date']);
    const sends = { ...shown, ...Object.fromEntries(hidden.map((name) => [name, 'secret'])) };
    assert.deepEqual(sentValuesOf(url, sends), { shown: Object.entries(shown), hidden });
  });

  it('is shown without the query of an address', () => {
    const { shown } = sentValuesOf(form, {
      success_action_redirect: 'https://app.example/cb?X-Amz-Signature=a',
    });
    assert.deepEqual(shown, [['success_action_redirect', 'https://app.example/cb?...']]);
  });

  it('leaves out the place of a form alone, which is shown by itself', () => {
    const sends = { Key: 'a', bucket: 'b', policy: 'c', 'x-amz-meta-key': 'd' };
    assert.deepEqual(sentValuesOf(form, sends), { shown: [['x-amz-meta-key', 'd']], hidden: ['policy'] });
  });
});
