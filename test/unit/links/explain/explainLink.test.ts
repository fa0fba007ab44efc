import assert from 'node:assert/strict';
import { explainLink } from '../../../../src/core/links/explain/explainLink.js';
import type { LinkExplanation } from '../../../../src/core/links/explain/explanation.js';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { fakeSignature, writtenForm, writtenV2, writtenV4 } from '../../../support/writtenLinks.js';

const now = new Date('2026-03-01T10:20:00Z');
const address = 'https://docs.s3.eu-west-1.amazonaws.com/in/a.txt';
const token = 'SECRETTOKEN//+=';
const customerKey = 'CUSTOMERKEY';

function explained(text: string): LinkExplanation {
  const link = parseLink(text);
  if ('problem' in link) assert.fail(formatMessage(link.problem));
  const explanation = explainLink(link, { now, locale: 'en' });
  const everything = JSON.stringify(explanation);
  for (const secret of [fakeSignature, token, customerKey, 'FORMTOKEN', 'AKIAEXAMPLE', 'ASIAEXAMPLE', 'eyJ'])
    assert.ok(!everything.includes(secret), 'a secret is shown');
  return explanation;
}

function facts(text: string): Readonly<Record<string, readonly string[]>> {
  const told: Record<string, string[]> = {};
  for (const { label, value } of explained(text).facts) (told[label] ??= []).push(formatMessage(value));
  return told;
}

function warnings(text: string): string {
  return explained(text).warnings.map(formatMessage).join('\n');
}

describe('explainLink: the facts', () => {
  it('of a readable link', () => {
    const told = facts(
      writtenV4({ address, more: ['x-id=GetObject', 'versionId=v1', 'response-content-type=text%2Fplain'] }),
    );
    assert.deepEqual(told, {
      Address: ['s3://docs/in/a.txt'],
      Bucket: ['docs'],
      Key: ['in/a.txt'],
      Host: ['docs.s3.eu-west-1.amazonaws.com'],
      'Addressing style': ['virtual-hosted style: the bucket name is in the host name'],
      Region: ['eu-west-1'],
      Service: ['s3'],
      Signature: ['version 4'],
      'Signed by': ['a long-term access key ending in 1234'],
      'Session token': ['none'],
      Created: ['2026-03-01T10:00:00.000Z'],
      Expires: ['2026-03-01T11:00:00.000Z (in 40 minutes)'],
      'Valid for': ['1 hour'],
      Method: ['GET'],
      Operation: ['GetObject'],
      Version: ['v1'],
      'Header to send': ['none beyond what every client sends'],
      'Overrides in the response': ['response-content-type = text/plain'],
    });
  });

  it('of an upload: the headers, with their values if known', () => {
    const url = writtenV4({
      address,
      signedHeaders: 'content-type;host;x-amz-acl',
      token,
      more: ['x-amz-meta-a=b'],
    });
    const told = facts(JSON.stringify({ url, method: 'PUT', headers: { 'Content-Type': 'text/plain' } }));
    const [known, unknown] = told['Header to send'] ?? [];
    assert.equal(known, 'content-type: text/plain');
    assert.match(unknown ?? '', /^x-amz-acl, with exactly the signed value/);
    assert.deepEqual([told.Method, told.Parameter], [['PUT'], ['x-amz-meta-a = b']]);
    assert.deepEqual(told['Session token'], ['included in the signature']);
  });
});

describe('explainLink: facts missing from a link', () => {
  it('for a link without a method or a signing time', () => {
    const told = facts(writtenV2(address));
    assert.match(told.Method?.join() ?? '', /^one of GET, PUT, HEAD, DELETE/);
    assert.deepEqual(
      [told.Created, told.Signature, told.Region],
      [['not specified'], ['version 2'], ['eu-west-1']],
    );
    assert.equal(told['Valid for'], undefined);
  });

  it('for an ambiguous address', () => {
    assert.deepEqual(facts(writtenV4({ address: 'https://docs.corp.example/a/b' })).Or, [
      'bucket docs, key a/b',
    ]);
  });

  it('for an expired link', () => {
    const told = facts(writtenV4({ address, expires: '60' }));
    assert.deepEqual(told.Expires, ['2026-03-01T10:01:00.000Z (expired 19 minutes ago)']);
  });
});

const temporary = 'ASIAEXAMPLE000001234/20260301/eu-west-1/s3/aws4_request';
const rows: Readonly<Record<string, readonly [text: string, warning: RegExp]>> = {
  http: [writtenV4({ address: address.replace('https', 'http') }), /^It uses http:\/\//],
  'dots in the bucket name': [
    writtenV4({ address: address.replace('docs', 'my.docs') }),
    /^The bucket name has dots/,
  ],
  'dot segments': [
    writtenV4({ address: address.replace('in/', 'in/../') }),
    /"\." or "\.\." segments.*--path-as-is/,
  ],
  'invisible characters': [writtenV4({ address: `${address}%E2%80%AE` }), /characters that are invisible/],
  'a session token': [
    writtenV4({ address, token, credential: temporary }),
    /^It was signed with temporary credentials and expires with them/,
  ],
  'an expiry longer than a role session': [
    writtenV4({ address, token, credential: temporary, expires: '86400' }),
    /signed for 1 day with temporary.*probably expires earlier/,
  ],
  'an expiry longer than any session': [
    writtenV4({ address, token, credential: temporary, expires: '604800' }),
    /at most 36 hours/,
  ],
  'an expiry longer than a directory bucket allows': [
    writtenV4({
      address: 'https://d--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com/a',
      expires: '3000',
    }),
    /directory bucket expire after five minutes/,
  ],
  'the checksum of an empty body': [
    writtenV4({ address, more: ['x-amz-checksum-crc32=AAAAAA%3D%3D'] }),
    /checksum of an empty body/,
  ],
  'another checksum': [
    writtenV4({ address, more: ['x-amz-checksum-crc32=AAAAAB%3D%3D'] }),
    /includes a checksum of the body/,
  ],
  'an expiry of more than 7 days': [writtenV4({ address, expires: '604801' }), /more than 7 days/],
  'an expiry of zero seconds': [writtenV4({ address, expires: '0' }), /zero seconds/],
  'a link that is not valid yet': [
    writtenV4({ address, stamp: '20260301T120000Z' }),
    /^It is not valid until 2026-03-01T12/,
  ],
  'an expired link': [writtenV4({ address, expires: '60' }), /^It has expired/],
  'signature version 2': [writtenV2(address), /signature version 2/],
  'an ambiguous address': [writtenV4({ address: 'https://docs.corp.example/a/b' }), /address does not show/],
  'the SHA-256 of an empty body': [
    writtenV4({
      address,
      more: ['x-amz-checksum-sha256=47DEQpj8HBSa%2B%2FTImW%2B5JCeuQeRkm5NMpJWZG3hSuFU%3D'],
    }),
    /checksum of an empty body/,
  ],
  'the CRC-64 of an empty body': [
    writtenV4({ address, more: ['x-amz-checksum-crc64nvme=AAAAAAAAAAA%3D'] }),
    /checksum of an empty body/,
  ],
  'an unknown parameter': [writtenV4({ address, more: ['utm_source=x'] }), /does not know \(utm_source\)/],
  'another service': [
    writtenV4({ address, credential: 'AKIAEXAMPLE000001234/20260301/eu-west-1/ec2/aws4_request' }),
    /for the service ec2/,
  ],
  'a deletion': [writtenV4({ address, more: ['x-id=DeleteObject'] }), /can delete the object/],
};

describe('explainLink: the warnings', () => {
  it('are none for a good link', () => {
    assert.equal(warnings(writtenV4({ address, more: ['x-id=GetObject'] })), '');
  });

  for (const [what, [text, warning]] of Object.entries(rows)) {
    it(what, () => {
      const said = warnings(text);
      assert.match(said, new RegExp(warning.source, 'm'));
      // One problem, so one warning.
      assert.equal(said.split('\n').length, 1);
    });
  }
});

describe('explainLink: a form', () => {
  const conditions = [
    { bucket: 'docs' },
    ['starts-with', '$key', 'in/'],
    ['content-length-range', 1, 2048],
    ['starts-with', '$Content-Type', 'image/'],
    ['eq', '$x-amz-meta-a', 'b'],
    ['starts-with', '$x-amz-meta-c', ''],
    { success_action_redirect: 'https://example.com/done?secret=1' },
    { success_action_status: '201' },
    { 'x-amz-credential': 'ASIAEXAMPLE000005678/20260301/eu-west-1/s3/aws4_request' },
    { 'x-amz-security-token': 'FORMTOKEN' },
    { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
    { 'x-amz-date': '20260301T100000Z' },
    ['near', '$a', 'b'],
  ];

  it('is explained condition by condition', () => {
    const said = explained(JSON.stringify(writtenForm(conditions))).conditions.map(formatMessage);
    assert.deepEqual(said, [
      'The bucket must be docs.',
      'The key must begin with in/.',
      'The file must be 1 to 2048 bytes (1 B to 2 KB).',
      'The content type must begin with image/.',
      'The field x-amz-meta-a must be b.',
      'The field x-amz-meta-c is required and may have any value.',
      'After the upload, S3 redirects the browser to https://example.com/done?....',
      'S3 answers with the status 201.',
      'The policy has a condition that S3 does not document. S3 may refuse every upload.',
      'The signer, the date and the token must match those in the form.',
    ]);
  });

  it('warns about what it leaves open and what S3 will refuse', () => {
    const said = warnings(JSON.stringify(writtenForm([['starts-with', '$key', '']], { acl: 'private' })));
    assert.match(said, /sets no size/);
    assert.match(said, /allows every key/);
    assert.match(said, /fields that its policy does not allow \(acl, x-amz-algorithm/);
    assert.doesNotMatch(
      warnings(JSON.stringify(writtenForm(conditions))),
      /does not allow|no size|every key/,
    );
  });
});

describe('secrets other than the signature', () => {
  const name = 'x-amz-server-side-encryption-customer-key';

  it('are not shown from a URL, nor from a header that came with it', () => {
    const hoisted = writtenV4({
      address,
      more: [`X-Amz-Server-Side-Encryption-Customer-Key=${customerKey}`],
    });
    assert.deepEqual(facts(hoisted).Parameter, [`${name} = ...`]);
    const url = writtenV4({ address, signedHeaders: `host;${name}` });
    const handedOver = JSON.stringify({ url, method: 'PUT', headers: { [name]: customerKey } });
    assert.deepEqual(facts(handedOver)['Header to send'], [`${name}: ...`]);
  });

  it('are not shown from a parameter unknown to S3, nor from a link to copy from', () => {
    const source = `/docs/a?X-Amz-Signature=${fakeSignature}`;
    const link = writtenV4({
      address,
      more: [`token=${customerKey}`, `x-goog-signature=${fakeSignature}`, 'prefix=a'].concat(
        `x-amz-copy-source=${encodeURIComponent(source)}`,
      ),
    });
    assert.deepEqual(facts(link).Parameter, [
      'token',
      'x-goog-signature',
      'prefix = a',
      'x-amz-copy-source = /docs/a?...',
    ]);
  });

  it('are not shown from a form, unlike its keys, which are shown whole', () => {
    const redirect = { success_action_redirect: `https://example.com/?a=${customerKey}` };
    const form = writtenForm([{ key: 'what?.txt' }, { [name]: customerKey }], {
      ...redirect,
      [name]: customerKey,
    });
    const { conditions, facts: told } = explained(JSON.stringify(form));
    assert.deepEqual(conditions.map(formatMessage), [
      'The key must be what?.txt.',
      `The field ${name} must be ....`,
    ]);
    const fields = told.filter(({ label }) => label === 'Field').map(({ value }) => formatMessage(value));
    assert.deepEqual(fields, ['success_action_redirect = https://example.com/?...', `${name} = ...`]);
  });
});

describe('a session token in the headers', () => {
  it('is not shown, only that there is one', () => {
    for (const header of ['x-amz-security-token', 'x-amz-s3session-token']) {
      const url = writtenV4({ address, signedHeaders: `host;${header}` });
      const told = facts(JSON.stringify({ url, method: 'PUT', headers: { [header]: token } }));
      assert.deepEqual(told['Header to send'], [`${header}: ...`]);
      assert.deepEqual(told['Session token'], ['included in the signature']);
    }
  });
});

describe('a bucket name with dots', () => {
  it('causes no warning without a certificate', () => {
    const said = warnings(writtenV4({ address: 'http://my.docs.s3.eu-west-1.amazonaws.com/a' }));
    assert.doesNotMatch(said, /certificate/);
  });
});
