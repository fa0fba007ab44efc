import assert from 'node:assert/strict';
import { isAccessDenied, isDeniedByStore } from '../../../src/core/failures/explain.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { listPage } from '../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { assertExplained, type Expected } from '../support/explanations.js';
import { alice, temporary } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { useWebServer } from '../support/webServer.js';

interface Row extends Expected {
  readonly what: string;
  readonly fail: (use: ServerUse) => Promise<unknown>;
}

async function listAs(use: ServerUse, settings: Readonly<Record<string, string>>): Promise<unknown> {
  const endpoint_url = use.server.endpoint;
  use.aws.write({ credentials: profileText('someone', { ...settings, endpoint_url }) });
  return listBuckets(await use.connect('someone'));
}

/** A listing that the server answers with this status and code. */
async function answered(use: ServerUse, status: number, code: string): Promise<unknown> {
  use.server.setFault(() => ({ kind: 'status', status, code }));
  return listBuckets(await use.connect());
}

const denied = { text: /^S3 denied access/, remedy: 'selectProfile' } as const;
const ended = { text: /^The temporary credentials .* have expired/, remedy: 'selectProfile' } as const;
const busy = { text: /^S3 is busy or temporarily unavailable/, remedy: 'retry' } as const;

const refusedKeys: readonly Row[] = [
  {
    what: 'an unknown access key',
    fail: (use) => listAs(use, { ...keySettings(alice), aws_access_key_id: 'AKIANOBODY000000TEST' }),
    text: /does not recognize the access key/,
    remedy: 'selectProfile',
  },
  {
    what: 'a wrong secret key',
    fail: (use) => listAs(use, { ...keySettings(alice), aws_secret_access_key: 'wrong' }),
    text: /secret key of this profile is probably wrong/,
    remedy: 'selectProfile',
  },
  {
    what: 'an expired session',
    fail: async (use) => listBuckets(await use.connect('expired')),
    ...ended,
  },
  {
    what: 'a wrong session token',
    fail: (use) => listAs(use, { ...keySettings(temporary), aws_session_token: 'wrong' }),
    ...ended,
  },
];

const refusedRequests: readonly Row[] = [
  {
    what: 'a denied list of buckets',
    fail: async (use) => listBuckets(await use.connect('mallory')),
    ...denied,
  },
  {
    what: 'an object whose HEAD is denied, without a body',
    fail: async (use) => {
      use.server.putObject('docs', 'a', 'x');
      return getObjectEntry(await use.connect('mallory'), { bucket: 'docs', key: 'a' });
    },
    ...denied,
  },
  {
    what: 'a bucket that does not exist',
    fail: async (use) => listPage(await use.connect(), { bucket: 'missing', prefix: '', pageSize: 10 }),
    text: /^The bucket does not exist/,
    remedy: 'retry',
  },
  {
    what: 'a bucket in another region',
    fail: async (use) => {
      const connection = await use.connect();
      // The answer names no region, so there is none to retry with.
      use.server.setFault(({ operation }) =>
        operation === 'ListObjectsV2'
          ? { kind: 'status', status: 400, code: 'AuthorizationHeaderMalformed' }
          : undefined,
      );
      return listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
    },
    text: /^S3 expects a different region than the request was signed for\./,
    remedy: 'openAwsConfig',
  },
  {
    what: 'an empty key',
    fail: async (use) => getObjectEntry(await use.connect(), { bucket: 'docs', key: '' }),
    text: /^The object key is empty/,
    remedy: 'retry',
  },
  {
    what: 'an expiry of zero seconds',
    fail: (use) => use.sign({ kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 0 }),
    text: /at least one second/,
    remedy: 'retry',
  },
];

/** Answers that a test cannot easily provoke otherwise. */
const answers: readonly (readonly [status: number, code: string, expected: Expected])[] = [
  [403, 'AllAccessDisabled', denied],
  [403, 'SomethingElse', denied],
  [401, 'Unauthorized', denied],
  [404, 'NoSuchKey', { text: /^The object does not exist/, remedy: 'retry' }],
  [404, 'SomethingElse', { text: /^The object or bucket does not exist/, remedy: 'retry' }],
  [403, 'RequestTimeTooSkewed', { text: /^This machine's clock differs/, remedy: 'retry' }],
  [400, 'ExpiredTokenException', ended],
  [301, 'PermanentRedirect', { text: /is not at the endpoint/, remedy: 'retry' }],
  [301, 'Moved', { text: /is not at the endpoint/, remedy: 'retry' }],
  [400, 'KeyTooLongError', { text: /longer than the 1024 bytes/, remedy: 'retry' }],
  [503, 'SlowDown', busy],
  [500, 'InternalError', busy],
  [503, 'ServiceUnavailable', busy],
  [502, 'SomethingElse', busy],
  [400, 'Unforeseen', { text: /^Something went wrong \(Unforeseen: Unforeseen\)/, remedy: 'retry' }],
];

describe('explain: a refusal by S3', () => {
  const use = useServer();

  for (const { what, fail, ...expected } of [...refusedKeys, ...refusedRequests]) {
    it(what, async () => {
      assertExplained(await rejection(fail(use)), expected);
    });
  }

  for (const [status, code, expected] of answers) {
    it(`${status} ${code}`, async () => {
      assertExplained(await rejection(answered(use, status, code)), expected);
    });
  }
});

describe('explain: a message of a store', () => {
  for (const words of ['Token is expired.', "Cannot read properties of undefined (reading 'sso_region')"]) {
    it(`that looks like one about a sign-in: ${words}`, () => {
      const refusal = Object.assign(new Error(words), {
        name: 'XStoreDenied',
        $fault: 'client',
        $metadata: { httpStatusCode: 403 },
      });
      assertExplained(refusal, denied);
    });
  }
});

describe('isAccessDenied', () => {
  const use = useServer();

  it('is true for a refusal, with and without a body', async () => {
    use.server.putObject('docs', 'a', 'x');
    const connection = await use.connect('mallory');
    assert.ok(isAccessDenied(await rejection(listBuckets(connection))));
    assert.ok(isAccessDenied(await rejection(getObjectEntry(connection, { bucket: 'docs', key: 'a' }))));
  });

  for (const { what, fail } of refusedKeys) {
    it(`is false for ${what}`, async () => {
      assert.ok(!isAccessDenied(await rejection(fail(use))));
    });
  }

  it('is false for a missing bucket, a server error and undefined', async () => {
    const connection = await use.connect();
    const missing = listPage(connection, { bucket: 'missing', prefix: '', pageSize: 10 });
    assert.ok(!isAccessDenied(await rejection(missing)));
    assert.ok(!isAccessDenied(await rejection(answered(use, 503, 'SlowDown'))));
    assert.ok(!isAccessDenied(undefined));
  });
});

describe('isDeniedByStore', () => {
  const use = useServer();
  const serve = useWebServer();

  it('is true for a refusal with an S3 body or with an S3 header', async () => {
    const connection = await use.connect('mallory');
    assert.ok(isDeniedByStore(await rejection(listBuckets(connection))));
    use.server.putObject('docs', 'a', 'x');
    assert.ok(isDeniedByStore(await rejection(getObjectEntry(connection, { bucket: 'docs', key: 'a' }))));
  });

  for (const page of ['', '<html><body>Blocked by the proxy</body></html>']) {
    it(`is false for a proxy that answers ${page === '' ? 'nothing' : 'a page'}`, async () => {
      const settings = { ...keySettings(alice), endpoint_url: await serve(403, page) };
      use.aws.write({ credentials: profileText('alice', settings) });
      const refusal = await rejection(listBuckets(await use.connect()));
      assert.ok(!isDeniedByStore(refusal));
      if (page !== '') return;
      assertExplained(refusal, {
        text: /^The store or a proxy denied access without a reason.*http\.proxy/,
        remedy: 'retry',
      });
    });
  }
});
