import assert from 'node:assert/strict';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LinkRequest } from '../../../src/core/links/sign.js';
import { explain } from '../../../src/core/failures/explain.js';
import { testLink } from '../../../src/core/transfer/link/testLink.js';
import type { UploadLink } from '../../../src/core/transfer/link/sendUpload.js';
import { uploadThroughLink } from '../../../src/core/transfer/link/uploadThroughLink.js';
import { assertExplained } from '../support/explanations.js';
import { useTamperingProxy, type ProxiedRequest } from '../support/tamperingProxy.js';
import { parsedUrl } from '../support/parsedLinks.js';
import { alice, temporary } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { rejection } from '../../support/values.js';

const signal = new AbortController().signal;
const request = { kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;

async function linkOf(use: ServerUse, more: Partial<LinkRequest> = {}, profile?: string): Promise<string> {
  return (await use.sign({ ...request, ...more }, profile)).url;
}

/** Signs like a program with another region or other keys. */
function foreign(use: ServerUse, config: { region?: string; accessKeyId?: string }): Promise<string> {
  const client = new S3Client({
    endpoint: use.server.endpoint,
    region: config.region ?? 'us-east-1',
    forcePathStyle: true,
    credentials: { ...alice, ...config },
  });
  return getSignedUrl(client, new GetObjectCommand({ Bucket: 'docs', Key: 'a' }));
}

const rows: Readonly<Record<string, readonly [(use: ServerUse) => Promise<string>, RegExp]>> = {
  'a wrong region': [
    (use) => foreign(use, { region: 'eu-west-3' }),
    /^The link was signed for the region eu-west-3, but the bucket is in us-east-1\./,
  ],
  'an unknown access key': [
    (use) => foreign(use, { accessKeyId: 'AKIAUNKNOWN00000TEST' }),
    /^S3 does not recognize the access key that signed the link/,
  ],
  'an added parameter': [
    async (use) => `${await linkOf(use)}&utm_source=mail`,
    /Parameters that S3 does not know \(utm_source\)/,
  ],
  'a changed key': [
    async (use) => (await linkOf(use)).replace('/a?', '/b?'),
    /^S3 rejected the signature: the link was changed after it was signed, is not for GET, or the secret key is wrong\.$/,
  ],
  'a link for another method': [
    async (use) => (await linkOf(use, { kind: 'put' })).replace('x-id=PutObject', ''),
    /is not for GET/,
  ],
  'an expiry of more than 7 days': [
    async (use) => (await linkOf(use)).replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'),
    /more than 7 days/,
  ],
  'a credential that was encoded twice': [
    async (use) => (await linkOf(use)).replace(/(X-Amz-Credential=[^%]+)%2F/, '$1%252F'),
    /^The signer in the link is malformed/,
  ],
  'a changed session token': [
    async (use) =>
      (await linkOf(use, {}, 'temporary')).replace('X-Amz-Security-Token=I', 'X-Amz-Security-Token=J'),
    /^S3 rejected the session token in the link/,
  ],
  'expired temporary credentials': [
    (use) => linkOf(use, {}, 'expired'),
    /^The temporary credentials behind the link have expired/,
  ],
  'a signer without permission': [
    (use) => linkOf(use, {}, 'mallory'),
    /the signer of the link lacks s3:GetObject/,
  ],
  'a signer without permission to list': [
    (use) => linkOf(use, { kind: 'list', key: '' }, 'mallory'),
    /the signer of the link lacks the s3:ListBucket permission, or a bucket policy forbids it\.$/,
  ],
  'an object that does not exist': [(use) => linkOf(use, { key: 'gone' }), /^The object does not exist/],
  'a bucket that does not exist': [(use) => linkOf(use, { bucket: 'gone' }), /^The bucket does not exist/],
};

describe('explain: a link that S3 refuses', () => {
  const use = useServer();
  beforeEach(() => {
    use.server.putObject('docs', 'a', 'hello');
  });

  for (const [what, [make, text]] of Object.entries(rows)) {
    it(what, async () => {
      const url = await make(use);
      // Replaces the URL, as some of these could not be parsed.
      const link = { ...parsedUrl(await linkOf(use)), url };
      const error = await rejection(testLink(link, { signal }));
      assertExplained(error, { text, remedy: 'retry' });
      assert.doesNotMatch(JSON.stringify(explain(error)), /uploaded/);
    });
  }
});

describe('explain: an expired or future link, and other refusals', () => {
  const use = useServer();

  it('an expired link: when it expired', async () => {
    const link = await use.sign(request);
    use.now = new Date(use.now.getTime() + 100_000);
    const error = await rejection(testLink(parsedUrl(link.url), { signal }));
    assertExplained(error, { text: /^The link expired at /, remedy: 'retry' });
    assert.deepEqual(explain(error).message.args, [link.expiresAt]);
  });

  it('a link that is not valid yet: from when, and the clock', async () => {
    const link = await use.sign(request);
    use.now = new Date(use.now.getTime() - 3_600_000);
    const error = await rejection(testLink(parsedUrl(link.url), { signal }));
    assertExplained(error, { text: /^The link is not valid until .* clock/, remedy: 'retry' });
    assert.deepEqual(explain(error).message.args, [new Date(link.expiresAt.getTime() - 60_000)]);
  });

  for (const [status, code, text] of [
    [503, 'SlowDown', /^S3 is receiving too many requests/],
    [500, 'InternalError', /^S3 is busy or temporarily unavailable/],
    [400, 'KMS.NotFoundException', /^The KMS key that encrypts the object is disabled/],
    [403, 'InvalidObjectState', /archived/],
    [405, 'MethodNotAllowed', /delete marker/],
    [404, 'NoSuchVersion', /^This version of the object/],
    [301, 'PermanentRedirect', /^S3 redirects the request to another address \(301 PermanentRedirect\)/],
    [403, 'RequestTimeTooSkewed', /clock/],
  ] as const) {
    it(`${status} ${code}`, async () => {
      const url = await linkOf(use);
      use.server.setFault(() => ({ kind: 'status', status, code }));
      assertExplained(await rejection(testLink(parsedUrl(url), { signal })), { text, remedy: 'retry' });
    });
  }
});

const mangled: Readonly<Record<string, readonly [(passing: ProxiedRequest) => ProxiedRequest, RegExp]>> = {
  'the host': [
    (passing) => ({ ...passing, headers: { ...passing.headers, host: 'inside.example' } }),
    /different values for these headers than were sent: host\./,
  ],
  'a signed header': [
    (passing) => ({ ...passing, headers: { ...passing.headers, 'content-type': 'text/html' } }),
    /different values for these headers than were sent: content-type\./,
  ],
  'the path': [
    (passing) => ({ ...passing, path: passing.path.replace('/a/../b', '/b') }),
    /received a different path/,
  ],
  'a parameter': [
    (passing) => ({ ...passing, path: passing.path.replace('X-Amz-Expires=60', 'X-Amz-Expires=61') }),
    /different values for these parameters than were sent: X-Amz-Expires\./,
  ],
  'the method': [(passing) => ({ ...passing, method: 'POST' }), /received a different method/],
};

describe('explain: a signature broken by a change to the request', () => {
  const use = useServer();
  const meddle = useTamperingProxy();

  async function uploadThrough(
    change: (passing: ProxiedRequest) => ProxiedRequest,
    headers?: UploadLink['headers'],
  ): Promise<Error> {
    const endpoint_url = await meddle(use.server.endpoint, change);
    use.aws.write({ credentials: profileText('near', { ...keySettings(temporary), endpoint_url }) });
    const link = await use.sign(
      { ...request, kind: 'put', key: 'a/../b', contentType: 'text/plain' },
      'near',
    );
    const body = { kind: 'bytes', bytes: Buffer.from('text') } as const;
    return rejection(uploadThroughLink({ ...link, headers: headers ?? link.headers }, body, { signal }));
  }

  for (const [what, [change, text]] of Object.entries(mangled)) {
    it(`${what} is named`, async () => {
      const error = await uploadThrough(change);
      assertExplained(error, { text, remedy: 'retry' });
      assert.match(explain(error).message.text, /. Nothing was uploaded\.(?: |$)/);
    });
  }

  it('a signed header that was not sent is named', async () => {
    const error = await uploadThrough((passing) => passing, {});
    assertExplained(error, {
      text: /signed with headers that were not sent \(content-type\)/,
      remedy: 'retry',
    });
  });

  it('a signed header with another value is named', async () => {
    const error = await uploadThrough((passing) => passing, { 'content-type': 'text/html' });
    assertExplained(error, { text: /a different value than was signed \(content-type\)/, remedy: 'retry' });
  });
});
