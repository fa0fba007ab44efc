import assert from 'node:assert/strict';
import { EndpointError } from '../../../src/core/connection/stores/endpoint.js';
import { CaBundleError } from '../../../src/core/connection/requests/caBundle.js';
import { UnknownConnectionError } from '../../../src/core/connection/storedConnection.js';
import { explain } from '../../../src/core/failures/explain.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { NotS3Error } from '../../../src/core/failures/notS3.js';
import { byCode } from '../../../src/core/failures/sentences.js';

function coded(name: string, status: number): Error {
  return Object.assign(new Error('said by the server'), { name, $metadata: { httpStatusCode: status } });
}

const rows: readonly (readonly [error: Error, said: RegExp, remedy: string])[] = [
  [
    coded('InvalidAccessKeyId', 403),
    /^S3 does not recognize the access key of this connection/,
    'editConnection',
  ],
  [coded('SignatureDoesNotMatch', 403), /^S3 rejected the signature/, 'editConnection'],
  [coded('ExpiredToken', 400), /^The temporary keys of this connection have expired/, 'editConnection'],
  [coded('AccessDenied', 403), /^S3 denied access/, 'editConnection'],
  [coded('PermanentRedirect', 301), /not at the endpoint/, 'editConnection'],
  [
    Object.assign(new Error('No keys.'), { name: 'CredentialsProviderError' }),
    /^No usable credentials were found for this connection\. Enter its keys\.$/,
    'editConnection',
  ],
  [new EndpointError({ text: 'The endpoint is wrong.' }), /^The endpoint is wrong/, 'editConnection'],
  [new NotS3Error(), /is not an S3 service/, 'editConnection'],
  [new UnknownConnectionError(), /was removed/, 'selectProfile'],
  [
    Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    /^The server's certificate is self-signed.*AWS_CA_BUNDLE/,
    'retry',
  ],
  [
    new CaBundleError({ text: 'The CA bundle "{0}" cannot be read.', args: ['/x'] }),
    /^The CA bundle/,
    'retry',
  ],
  [coded('AuthorizationHeaderMalformed', 400), /^S3 expects a different region/, 'editConnection'],
  [coded('SlowDown', 503), /^S3 is busy/, 'retry'],
];

describe('explain: a failure of a connection', () => {
  for (const [error, said, remedy] of rows) {
    it(`${error.name}: ${remedy}, without mentioning a profile`, () => {
      const explanation = explain(error, { signer: 'connection' });
      assert.match(formatMessage(explanation.message), said);
      assert.doesNotMatch(formatMessage(explanation.message), /profile/);
      assert.equal(explanation.remedy, remedy);
    });
  }

  for (const [code, { connection }] of byCode) {
    it(`${code}: without mentioning a profile or the AWS files`, () => {
      assert.doesNotMatch(connection.message.text, /profile/);
      assert.match(connection.remedy, /^(?:retry|editConnection)$/);
    });
  }

  it('a CA bundle of a profile, to be fixed in the AWS files', () => {
    const error = new CaBundleError({ text: 'The CA bundle "{0}" cannot be read.', args: ['/x'] });
    assert.equal(explain(error, { signer: 'profile' }).remedy, 'openAwsConfig');
  });
});
