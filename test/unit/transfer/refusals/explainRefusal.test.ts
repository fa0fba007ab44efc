import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/failures/explain.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { parseRefusal } from '../../../../src/core/transfer/refusals/parseRefusal.js';
import type { LinkUse } from '../../../../src/core/transfer/refusals/refusal.js';
import { fakeSignature, writtenV4 } from '../../../support/writtenLinks.js';
import { aws } from '../../support/awsRefusals.js';

/** The answer of AWS as XML. */
function answer(elements: Readonly<Record<string, string>>): string {
  const written = Object.entries(elements).map(
    ([name, value]) =>
      `<${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}</${name}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${written.join('')}</Error>`;
}

const sent = {
  method: 'PUT',
  url: writtenV4({ address: 'https://docs.s3.eu-west-1.amazonaws.com/a', token: 'SECRETTOKEN' }),
  headers: {},
};

function said(status: number, elements: Readonly<Record<string, string>>, use: LinkUse): string {
  const error = parseRefusal(status, answer(elements), { use, sent, headers: {} });
  const shown = formatMessage(explain(error).message);
  const everything = JSON.stringify([error, error.message, error.stack, explain(error)]);
  assert.ok(!everything.includes(fakeSignature) && !everything.includes('SECRETTOKEN'), 'a secret is kept');
  return shown;
}

const rows: readonly (readonly [keyof typeof aws, number, LinkUse, RegExp])[] = [
  [
    'expired, version 2',
    403,
    'download',
    /^The link expired at 2026-03-01T11:00:00.000Z. Nothing was downloaded\. .*\.$/,
  ],
  ['unsigned headers', 403, 'upload', /does not allow \(x-amz-date, x-amz-decoded-content-length\)/],
  ['a missing parameter, version 2', 403, 'test', /^Part of the signature/],
  ['a missing parameter, version 4', 400, 'test', /^Part of the signature/],
  [
    'too large',
    400,
    'upload',
    /^The file is too large: the link allows at most 10 bytes. Nothing was uploaded\.$/,
  ],
  ['too small', 400, 'upload', /^The file is too small: the link requires at least 5 bytes\./],
  ['a field with a wrong value', 403, 'upload', /field success_action_redirect\./],
  ['a field with a wrong prefix', 403, 'upload', /field success_action_redirect\./],
  ['an invalid size limit', 403, 'upload', /^The policy of the form does not allow what was sent\./],
  ['a form with a wrong encoding', 412, 'upload', /only as multipart\/form-data/],
  ['a credential that was encoded twice', 400, 'test', /^The signer/],
  ['denied', 403, 'download', /^S3 denied access: the signer of the link lacks/],
];

describe('explainRefusal: answers of AWS, as recorded', () => {
  for (const [what, status, use, text] of rows) {
    it(what, () => {
      assert.match(said(status, aws[what], use), text);
    });
  }
});

/** Examples from the S3 User Guide and the KMS documentation. */
const documented: Readonly<Record<string, readonly [number, Readonly<Record<string, string>>, RegExp]>> = {
  'a wrong region': [
    400,
    {
      Code: 'AuthorizationQueryParametersError',
      Message:
        "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      Region: 'eu-west-1',
    },
    /region us-east-1, but the bucket is in eu-west-1\./,
  ],
  'a bucket at another host': [
    301,
    {
      Code: 'PermanentRedirect',
      Message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
      Endpoint: 'docs.s3.eu-west-1.amazonaws.com',
      Bucket: 'docs',
    },
    /at another host, docs\.s3\.eu-west-1\.amazonaws\.com \(301 PermanentRedirect\)/,
  ],
  'a KMS key without permission': [
    403,
    {
      Code: 'AccessDenied',
      Message:
        'User: arn:aws:iam::123456789012:user/a is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/x because no identity-based policy allows the kms:Decrypt action',
    },
    /lacks permission to use the KMS key.*kms:Decrypt\./,
  ],
  'a KMS key and a version 2 link': [
    400,
    {
      Code: 'InvalidArgument',
      Message:
        'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    },
    /only signature version 4 links/,
  ],
  'a missing permission that S3 names': [
    403,
    {
      Code: 'AccessDenied',
      Message:
        'User: arn:aws:iam::123456789012:user/a is not authorized to perform: s3:GetObjectVersion on resource: "arn:aws:s3:::docs/a" with an explicit deny',
    },
    /lacks s3:GetObjectVersion,/,
  ],
  'a field that the form does not allow': [
    403,
    { Code: 'AccessDenied', Message: 'Invalid according to Policy: Extra input fields: x-amz-meta-a' },
    /field x-amz-meta-a\./,
  ],
  'an expired form': [
    403,
    { Code: 'AccessDenied', Message: 'Invalid according to Policy: Policy expired.' },
    /^The link expired/,
  ],
};

/** A denial from the IAM User Guide, with names made of words that S3 uses in its messages. */
function denial({ user = 'user/a', action = 's3:GetObject', resource = '"arn:aws:s3:::docs/a"' }) {
  const Message = `User: arn:aws:iam::123456789012:${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return { Code: 'AccessDenied', Message };
}

const plainDenial = /^S3 denied access: the signer of the link lacks s3:GetObject,/;
const named: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  'a key': [denial({ resource: '"arn:aws:s3:::docs/expired/not yet valid"' }), plainDenial],
  'a user': [denial({ user: 'user/checksum-bot' }), plainDenial],
  'a role': [denial({ user: 'assumed-role/kms-admin/session' }), plainDenial],
  'a user named "expired"': [denial({ user: 'user/expired' }), plainDenial],
  'a long KMS denial': [
    denial({ user: `assumed-role/${'long-name-'.repeat(30)}/session`, action: 'kms:Decrypt' }),
    /lacks permission to use the KMS key.*kms:Decrypt\./,
  ],
  'a field of a form': [
    {
      Code: 'AccessDenied',
      Message: 'Invalid according to Policy: Extra input fields: x-amz-meta-expired',
    },
    /field x-amz-meta-expired\./,
  ],
};

describe('explainRefusal: a denial names the permission and mentions no object where there is none', () => {
  const rows = [
    ['GET', '/docs/a', [], /lacks s3:GetObject, .* or the object does not exist and/],
    [
      'GET',
      '/docs',
      ['location='],
      /lacks the s3:GetBucketLocation permission, or a bucket policy forbids it\.$/,
    ],
    ['DELETE', '/docs/a', ['annotation='], /lacks a permission, or a bucket policy forbids it\.$/],
  ] as const;
  for (const [method, path, more, text] of rows) {
    it(`${method} ${path}?${more.join('')}`, () => {
      const url = writtenV4({ address: `https://s3.eu-west-1.amazonaws.com${path}`, more });
      const context = { use: 'test', sent: { method, url, headers: {} }, headers: {} } as const;
      const error = parseRefusal(403, answer({ Code: 'AccessDenied', Message: 'Access Denied' }), context);
      assert.match(formatMessage(explain(error).message), text);
    });
  }
});

describe("explainRefusal: names in S3's messages are not the cause", () => {
  for (const [what, [elements, text]] of Object.entries(named)) {
    it(what, () => {
      assert.match(said(403, elements, 'test'), text);
      // Every answer includes the region of the bucket.
      const headers = { 'x-amz-bucket-region': 'eu-west-3' };
      const error = parseRefusal(403, answer(elements), { use: 'test', sent, headers });
      assert.match(formatMessage(explain(error).message), text);
    });
  }
});

describe('explainRefusal: errors that AWS documents', () => {
  for (const [what, [status, elements, text]] of Object.entries(documented)) {
    it(what, () => {
      assert.match(said(status, elements, 'test'), text);
    });
  }

  it('an expiry that a store does not mention, by the clock of the store', () => {
    const error = parseRefusal(403, answer({ Code: 'AccessDenied' }), {
      use: 'test',
      sent,
      headers: { date: 'Mon, 02 Mar 2026 00:00:00 GMT' },
    });
    assert.match(formatMessage(explain(error).message), /^The link expired at 2026-03-01T11:00/);
  });
});

describe('explainRefusal: facts from the link and the headers of the answer', () => {
  it('a bucket in the right region at another host: the host, and not the region', () => {
    const elements = {
      Code: 'TemporaryRedirect',
      Message: 'Please re-send this request to the specified temporary endpoint.',
      Endpoint: 'docs.s3.eu-west-1.amazonaws.com',
    };
    const url = writtenV4({ address: 'https://docs.s3.amazonaws.com/a' });
    const saying = (region: string) => {
      const headers = { 'x-amz-bucket-region': region };
      const error = parseRefusal(307, answer(elements), { use: 'test', sent: { ...sent, url }, headers });
      return formatMessage(explain(error).message);
    };
    assert.match(saying('eu-west-1'), /at another host, docs\.s3\.eu-west-1\.amazonaws\.com \(307 /);
    assert.match(saying('eu-west-3'), /signed for the region eu-west-1, but the bucket is in eu-west-3\./);
  });

  it('the condition of an upload', () => {
    const saying = (headers: Readonly<Record<string, string>>) => {
      const elements = answer({ Code: 'PreconditionFailed' });
      const error = parseRefusal(412, elements, { use: 'upload', sent: { ...sent, headers }, headers: {} });
      return formatMessage(explain(error).message);
    };
    assert.match(saying({ 'if-none-match': '*' }), /^The object already exists/);
    assert.match(saying({ 'if-match': '"etag"' }), /^A condition of the link is not met/);
  });

  it('the region in the headers of an answer without a body', () => {
    const error = parseRefusal(301, '', {
      use: 'test',
      sent,
      headers: { 'x-amz-bucket-region': 'eu-west-3' },
    });
    assert.match(formatMessage(explain(error).message), /is in the region eu-west-3/);
  });
});

describe('explainRefusal: the request that S3 received', () => {
  it('a plus in the query, which S3 reads as a space, is not blamed on a change', () => {
    const url = writtenV4({ address: 'https://docs.s3.eu-west-1.amazonaws.com/a', more: ['prefix=a+b'] });
    const query = url.replace(/^.*\?|&X-Amz-Signature.*$/g, '').replace('a+b', 'a%20b');
    const CanonicalRequest = `PUT\n/a\n${query}\nhost:docs.s3.eu-west-1.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD`;
    const body = answer({ Code: 'SignatureDoesNotMatch', CanonicalRequest });
    const error = parseRefusal(403, body, { use: 'test', sent: { ...sent, url }, headers: {} });
    assert.match(formatMessage(explain(error).message), /^S3 rejected the signature: the link was changed/);
  });

  it('a mismatch whose canonical request contains the token: a name, never a value', () => {
    const canonical = `PUT\n/a\n${sent.url
      .replace(/^.*\?/, '')
      .replace('Expires=3600', 'Expires=9')
      .replace(/&X-Amz-Signature.*$/, '')}\nhost:docs.s3.eu-west-1.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD`;
    const shown = said(
      403,
      { Code: 'SignatureDoesNotMatch', CanonicalRequest: canonical, SignatureProvided: fakeSignature },
      'upload',
    );
    assert.match(shown, /different values for these parameters than were sent: X-Amz-Expires\./);
  });
});
