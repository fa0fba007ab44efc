import assert from 'node:assert/strict';
import { findLeaks, secretsIn } from '../support/leaks.js';

const secret = 'wJalr/XUtnFEMI+K7MDENG';
const signature = '0123456789abcdef'.repeat(4);

const planted = {
  'a link': `info GET http://127.0.0.1/b/k?X-Amz-Expires=60&X-Amz-Signature=${signature}`,
  'a link within a link': `to=http%3A%2F%2F127.0.0.1%2Fb%2Fk%3FX-Amz-Signature%3D${signature}`,
  'a form as JSON': `{"policy":"eyJhIjoxfQ==","x-amz-signature":"${signature}"}`,
  'a session token': 'GET /b/k?X-Amz-Security-Token=FwoGZXIvYXdzEBYaDEXAMPLE&a=b',
  'a signed header': 'authorization: AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/s3/aws4_request',
  'a secret': `{"secret":"${secret}"}`,
  'a secret as a URL writes it': `token=${encodeURIComponent(secret)}&`,
};

describe('The search for leaks', () => {
  for (const [what, text] of Object.entries(planted)) {
    it(`finds ${what} and does not repeat it`, () => {
      const found = findLeaks(text, [{ what: 'a secret', text: secret }]);
      assert.equal(found.length, 1);
      assert.equal(found.join('').includes(secret) || found.join('').includes(signature), false);
    });
  }

  it('finds signatures and policies in links of any format', () => {
    const policy = Buffer.from('{"expiration":"2026-01-01T00:00:00Z"}').toString('base64');
    const texts = [
      planted['a link'],
      `{\n  "fields": { "policy": "${policy}", "x-amz-signature": "${signature}" } }`,
      `<input type="hidden" name="policy" value="${policy}">`,
    ];
    assert.deepEqual(secretsIn(texts), [signature, policy, signature, policy]);
    assert.deepEqual(secretsIn(['s3://docs/policy.txt', 'no link']), []);
  });

  it('finds nothing in clean text', () => {
    const text = 'GET http://127.0.0.1/b/k?[redacted]\nX-Amz-Signature=[redacted]';
    assert.deepEqual(findLeaks(text, [{ what: 'a secret', text: secret }]), []);
  });
});
