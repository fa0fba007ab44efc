import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { redact } from '../../../src/core/failures/redact.js';

const signature = createHash('sha256').update('a signature').digest('hex');
const token = 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQDx+a/b==';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const password = 'hunter2hunter2';

const policy = Buffer.from('{"expiration":"2026-01-01T00:00:00Z","conditions":[]}').toString('base64');
const spacedPolicy = Buffer.from('{\n  "expiration": "2026-01-01T00:00:00Z"}').toString('base64');

const query = [
  'X-Amz-Algorithm=AWS4-HMAC-SHA256',
  'X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260101%2Fus-east-1%2Fs3%2Faws4_request',
  `X-Amz-Security-Token=${encodeURIComponent(token)}`,
  `X-Amz-Signature=${signature}`,
  'x-id=GetObject',
].join('&');
const link = `https://my-bucket.s3.eu-central-1.amazonaws.com/a/b.txt?${query}`;
const canonical = `GET\n/a/b.txt\n${query}\nhost:h\n\nhost\nUNSIGNED-PAYLOAD`;
const toSign = `AWS4-HMAC-SHA256\n20260101T000000Z\n20260101/us-east-1/s3/aws4_request\n${signature}`;

const rows: readonly (readonly [what: string, text: string])[] = [
  ['a link alone', link],
  ['a link in a sentence', `Could not open "${link}": it failed.`],
  ['two links', `${link} ${link}`],
  ['a link in angle brackets', `<${link}>`],
  ['a link in JSON', JSON.stringify({ url: link, deep: [{ link }] })],
  ['a link in JSON with its ampersands escaped', JSON.stringify({ url: link }).replaceAll('&', '\\u0026')],
  ['a link in XML', `<a href="${link.replaceAll('&', '&amp;')}">x</a>`],
  ['a path with a query', `PUT /my-bucket/a/b.txt?${query} HTTP/1.1`],
  ['a query alone', query],
  ['a query in lower case', query.toLowerCase().replace('aws4-hmac-sha256', 'AWS4-HMAC-SHA256')],
  ['a StringToSign', `<Error><StringToSign>${toSign}</StringToSign></Error>`],
  ['a StringToSign with attributes around', `<StringToSign>\r\n${toSign}\r\n</StringToSign><Code>X</Code>`],
  ['a CanonicalRequest', `<CanonicalRequest>${canonical.replaceAll('&', '&amp;')}</CanonicalRequest>`],
  ['a canonical request without its element', canonical],
  ['a SignatureProvided', `<SignatureProvided>${signature}</SignatureProvided>`],
  [
    'an Authorization header',
    `Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${signature}`,
  ],
  [
    'credentials in JSON',
    JSON.stringify({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: secret, SessionToken: token }),
  ],
  [
    'credentials in indented JSON',
    JSON.stringify({ Credentials: { secretAccessKey: secret, sessionToken: token, Token: token } }, null, 2),
  ],
  [
    'credentials in escaped JSON',
    JSON.stringify(JSON.stringify({ SecretAccessKey: secret, SessionToken: token })),
  ],
  ['credentials of a file', `aws_secret_access_key = ${secret}\naws_session_token=${token}`],
  ['credentials of a shell', `export AWS_SECRET_ACCESS_KEY=${secret}\nexport AWS_SESSION_TOKEN="${token}"`],
  ['a token header', `x-amz-security-token: ${token}`],
  ['a bearer token', `Authorization: Bearer ${token}`],
  ['a user and password in a URL', `https://someone:${password}@example.com/path`],
  ['a password in a URL without a user', `http://:${password}@example.com`],
  ['a password in a URL of another scheme', `socks5://someone:${password}@127.0.0.1:1080`],
  ['a password with an @ in a URL', `http://someone:x@${password}@127.0.0.1:1080`],
  [
    'a proxy as VS Code names it',
    `Failed to establish a socket connection to proxies: PROXY someone:${password}@127.0.0.1:1`,
  ],
  ['two proxies', `HTTPS someone:${password}@proxy.test:1; PROXY someone:${password}@[::1]:2`],
  ['a proxy in JSON', JSON.stringify({ proxy: `someone:${password}@proxy.test` })],
  [
    'a cached sign-in',
    JSON.stringify({ accessToken: secret, refreshToken: token, clientSecret: secret }, null, 2),
  ],
  ['a portal token header', `x-amz-sso_bearer_token: ${token}`],
  ["a customer's key", `x-amz-server-side-encryption-customer-key: ${secret}`],
  ['the fingerprint of that key', `x-amz-server-side-encryption-customer-key-MD5: ${secret}`],
  ['cookies', `Cookie: a=1; session=${secret}`],
  ['a cookie of a response', `set-cookie: session=${secret}; Path=/; b=${password}`],
  ['a cookie in quotes', `Cookie: session="${secret}"; b=${password}`],
  ['a cookie with a space before the colon', `Cookie : a=1; session=${secret}`],
  ['a token in quotes after a cookie', `Cookie: a=1; token="${secret}"`],
  ['a password in quotes after a cookie', `Cookie: a=1; password='${password}'`],
  ['an Authorization header after a cookie', `Cookie: a=1, Authorization: "Bearer ${token}"`],
  ['cookies in JSON', JSON.stringify({ cookie: `a=1; session=${secret}` })],
  ['an Authorization header of version 2', `Authorization: AWS AKIAIOSFODNN7EXAMPLE:${secret}=`],
  ['an encoded query', `X-Amz-Security-Token%3D${encodeURIComponent(token)}`],
  ['a query encoded twice', `X-Amz-Security-Token%253D${encodeURIComponent(token)}`],
  [
    'headers in JSON with arrays',
    JSON.stringify({ 'X-Amz-Security-Token': [secret, password], Token: [token] }),
  ],
  ['a list of tokens that is cut off', `Token: [${secret}, ${password}`],
  ['a bare token', `the token ${token} was refused`],
  ['a bare policy', `refused ${policy} here`],
  ['a bare policy with spaces', `refused ${spacedPolicy}.`],
  ['a form', `policy=${Buffer.from('{"conditions":[]}').toString('base64')}&x-amz-signature=${signature}`],
];

describe('redact removes every secret from', () => {
  for (const [what, text] of rows) {
    it(what, () => {
      const cleaned = redact(text);
      for (const needle of [
        signature,
        token,
        encodeURIComponent(token),
        secret,
        password,
        policy,
        spacedPolicy,
      ]) {
        assert.ok(!cleaned.toLowerCase().includes(needle.toLowerCase()), 'a secret survived');
      }
      assert.doesNotMatch(cleaned, /\b[0-9a-f]{64}\b/i);
      assert.ok(!cleaned.includes('AKIAIOSFODNN7EXAMPLE'));
      assert.equal(redact(cleaned), cleaned, 'a second pass changes nothing');
    });
  }
});

describe('redact keeps', () => {
  const kept = [
    'getaddrinfo ENOTFOUND portal.sso.us-east-1.amazonaws.com',
    'The bucket my-bucket does not exist',
    's3://my-bucket/a folder/report 2026.pdf',
    'https://s3.eu-central-1.amazonaws.com/my-bucket/a.txt',
    'Is this a question? Yes.',
    's3://my-bucket/a:b@c.txt',
    'arn:aws:sts::123456789012:assumed-role/dev/me@example.com',
    'The tokens were: refused',
    'The cookies were: refused',
    'x-amz-server-side-encryption: aws:kms',
    'Write to me@example.com: thanks.',
    '<Code>AccessDenied</Code><Message>Request has expired</Message>',
    'd41d8cd98f00b204e9800998ecf8427e',
  ];
  for (const text of kept) {
    it(text, () => {
      assert.equal(redact(text), text);
    });
  }

  it('the host and path of a link, with a mark for the rest', () => {
    assert.equal(redact(link), 'https://my-bucket.s3.eu-central-1.amazonaws.com/a/b.txt?[redacted]');
  });

  it('the last four characters of an access key', () => {
    assert.equal(redact('key AKIAIOSFODNN7EXAMPLE'), 'key [key ...MPLE]');
  });

  it('the code of a refusal that echoes the request', () => {
    const refusal = `<Error><Code>SignatureDoesNotMatch</Code><StringToSign>${toSign}</StringToSign></Error>`;
    assert.match(redact(refusal), /<Code>SignatureDoesNotMatch<\/Code>/);
  });
});

describe('redact, with any surrounding text', () => {
  const around = [
    '',
    ' ',
    '"',
    "'",
    '<',
    '>',
    '&',
    ';',
    ',',
    '(',
    ')',
    '\n',
    '\t',
    '=',
    ':',
    '/',
    '%22',
    '\\"',
    '\\n',
  ];
  const forms = [link, query, `X-Amz-Signature=${signature}`, `"Signature":"${signature}"`, signature];
  for (const before of around) {
    it(`before: ${JSON.stringify(before)}`, () => {
      for (const after of around) {
        for (const form of forms) {
          const cleaned = redact(`text${before}${form}${after}text`);
          assert.ok(!cleaned.includes(signature), `a signature survived before ${JSON.stringify(after)}`);
        }
      }
    });
  }
});
