import assert from 'node:assert/strict';
import { LinkRefusedError } from '../../../../src/core/transfer/refusals/linkRefusedError.js';
import { parseRefusal } from '../../../../src/core/transfer/refusals/parseRefusal.js';

const signature = '0123456789abcdef'.repeat(4);

function answer(...elements: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements.join('')}</Error>`;
}

describe('parseRefusal', () => {
  it('reads the status, the code and the reason', () => {
    const xml = answer('<Code>AccessDenied</Code>', '<Message>Request has expired</Message>');
    assert.deepEqual(parseRefusal(403, xml).refusal, {
      status: 403,
      code: 'AccessDenied',
      reason: 'Request has expired',
      headersNotSigned: undefined,
      details: {},
    });
  });

  it('reads the headers that were not signed', () => {
    const xml = answer(
      '<Code>AccessDenied</Code>',
      '<HeadersNotSigned>x-amz-acl, x-amz-tagging</HeadersNotSigned>',
    );
    assert.deepEqual(parseRefusal(403, xml).refusal.headersNotSigned, ['x-amz-acl', 'x-amz-tagging']);
  });

  for (const body of ['', '<html><body>Forbidden</body></html>', 'plain', '<Code></Code>']) {
    it(`accepts ${JSON.stringify(body)}`, () => {
      const { refusal } = parseRefusal(502, body);
      assert.deepEqual(refusal, {
        status: 502,
        code: '',
        reason: '',
        headersNotSigned: undefined,
        details: {},
      });
    });
  }

  it('drops parts that echo the request', () => {
    const xml = answer(
      '<Code>SignatureDoesNotMatch</Code>',
      `<StringToSign>AWS4-HMAC-SHA256\n20260101T000000Z\n${signature}</StringToSign>`,
      `<SignatureProvided>${signature}</SignatureProvided>`,
      `<CanonicalRequest>PUT\n/b/k\nX-Amz-Security-Token=SECRET</CanonicalRequest>`,
    );
    const error = parseRefusal(403, xml);
    assert.ok(error instanceof LinkRefusedError);
    assert.equal(error.name, 'LinkRefusedError');
    const everything = JSON.stringify(error) + error.message + (error.stack ?? '');
    assert.ok(!everything.includes(signature) && !everything.includes('SECRET'));
    assert.match(error.message, /403 SignatureDoesNotMatch/);
  });
});
