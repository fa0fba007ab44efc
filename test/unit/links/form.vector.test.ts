import assert from 'node:assert/strict';
import { signPolicy } from '../../../src/core/links/postPolicy.js';

// Source: Amazon S3 API Reference, "Example: Browser-Based Upload using HTTP POST (Using AWS Signature
// Version 4)". The lines end in CR LF, as the page states and the signature requires.
const policy = [
  '{ "expiration": "2015-12-30T12:00:00.000Z",',
  '  "conditions": [',
  '    {"bucket": "sigv4examplebucket"},',
  '    ["starts-with", "$key", "user/user1/"],',
  '    {"acl": "public-read"},',
  '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
  '    ["starts-with", "$Content-Type", "image/"],',
  '    {"x-amz-meta-uuid": "14365123651274"},',
  '    {"x-amz-server-side-encryption": "AES256"},',
  '    ["starts-with", "$x-amz-meta-tag", ""],',
  '',
  '    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},',
  '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
  '    {"x-amz-date": "20151229T000000Z" }',
  '  ]',
  '}',
].join('\r\n');

const published = '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e';

const signing = {
  keys: {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  },
  region: 'us-east-1',
  signedAt: new Date(Date.UTC(2015, 11, 29)),
};

describe("AWS's published example of a POST policy", () => {
  const encoded = Buffer.from(policy).toString('base64');

  it('has the published signature', () => {
    assert.equal(signPolicy(encoded, signing), published);
  });

  it('has another signature after any change', () => {
    const changed = Buffer.from(policy.replace('user1', 'user2')).toString('base64');
    assert.notEqual(signPolicy(changed, signing), published);
    assert.notEqual(signPolicy(encoded, { ...signing, region: 'us-east-2' }), published);
    const later = new Date(Date.UTC(2015, 11, 30));
    assert.notEqual(signPolicy(encoded, { ...signing, signedAt: later }), published);
  });
});
