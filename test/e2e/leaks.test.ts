import assert from 'node:assert/strict';
import { findLeaks } from './support/leaks.js';

const secret = 'wJalr/XUtnFEMI+K7MDENG';
const signature = '0123456789abcdef'.repeat(4);

const planted = {
  'a link': `info GET http://127.0.0.1/b/k?X-Amz-Expires=60&X-Amz-Signature=${signature}`,
  'a link within a link': `to=http%3A%2F%2F127.0.0.1%2Fb%2Fk%3FX-Amz-Signature%3D${signature}`,
  'a secret': `{"secret":"${secret}"}`,
  'a secret as a URL writes it': `token=${encodeURIComponent(secret)}&`,
};

describe('The search for leaks', () => {
  for (const [what, text] of Object.entries(planted)) {
    it(`finds ${what} and does not repeat it`, () => {
      const found = findLeaks([{ name: 'a log', text }], { 'a secret': secret });
      assert.equal(found.length, 1);
      assert.equal(found.join('').includes(secret) || found.join('').includes(signature), false);
    });
  }

  it('finds nothing where there is nothing', () => {
    const text = 'GET http://127.0.0.1/b/k?[redacted]\nX-Amz-Signature=[redacted]';
    assert.deepEqual(findLeaks([{ name: 'a log', text }], { 'a secret': secret }), []);
  });
});
