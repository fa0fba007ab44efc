import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../../../src/core/connection/connection.js';
import { signLink } from '../../../../src/core/links/sign.js';
import { listBuckets } from '../../../../src/core/storage/buckets.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../../src/core/storage/objects.js';
import { object, signObject, useCredentialSources } from '../../support/credentialSources.js';
import { hungSources, useHungSource } from '../../support/hungSources.js';
import { alice } from '../../../support/identities.js';
import { isRunning } from '../../../support/processes.js';
import { keySettings } from '../../../support/awsSettings.js';
import { useServer } from '../../../support/server.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';

const roleArn = 'arn:aws:iam::123456789012:role/r';

describe('credentials of a server that hangs', () => {
  const open = useHungSource();

  for (const name of hungSources) {
    it(`are requested until the last caller has left, and no longer: ${name}`, async () => {
      const { server, connection } = await open(name);
      const [first, second] = [new AbortController(), new AbortController()];
      const [one, other] = [connection.identity(first.signal), connection.identity(second.signal)].map(
        rejection,
      );
      await poll(() => server.open === 1, { what: 'the request' });
      first.abort();
      assert.equal((await one)?.name, 'AbortError');
      const third = new AbortController();
      const late = rejection(connection.identity(third.signal));
      second.abort();
      assert.equal((await other)?.name, 'AbortError');
      assert.deepEqual([server.asked, server.open], [1, 1]);
      third.abort();
      assert.equal((await late).name, 'AbortError');
      await poll(() => server.open === 0, { what: 'the end of the request' });
      assert.equal(server.asked, 1);
    });

    it(`are no longer requested once the connection is closed: ${name}`, async () => {
      const { server, connection } = await open(name);
      const failed = rejection(connection.identity());
      await poll(() => server.open === 1, { what: 'the request' });
      connection.dispose();
      assert.equal((await failed).name, 'AbortError');
      await poll(() => server.open === 0, { what: 'the end of the request' });
      assert.equal(server.asked, 1);
    });
  }
});

const works: readonly (readonly [
  what: string,
  work: (connection: Connection, signal: AbortSignal) => Promise<unknown>,
])[] = [
  ['a list of buckets', (connection, signal) => listBuckets(connection, signal)],
  ['a listing', (connection, signal) => listPage(connection, { ...object, prefix: '', pageSize: 9, signal })],
  ['the metadata of an object', (connection, signal) => getObjectEntry(connection, object, signal)],
  ['the region of a bucket', (connection, signal) => connection.regionOf(object.bucket, signal)],
  ['a link', (connection, signal) => signObject(connection, { signal })],
  ['a link of a known bucket', (connection, signal) => signObject(connection, { signal, now: new Date() })],
];

describe('work that waits for credentials of a server that hangs', () => {
  const open = useHungSource();

  for (const [what, work] of works) {
    it(`is aborted together with the request for credentials: ${what}`, async () => {
      const { server, connection } = await open('a role');
      if (what.includes('known')) connection.rememberRegion(object.bucket, 'us-east-1');
      const abort = new AbortController();
      const failed = rejection(work(connection, abort.signal));
      await poll(() => server.open === 1, { what: 'the request' });
      abort.abort();
      assert.equal((await failed).name, 'AbortError');
      await poll(() => server.open === 0, { what: 'the end of the request' });
    });
  }

  it('can be repeated, with another request', async () => {
    const { server, connection } = await open('a role');
    for (const asked of [1, 2]) {
      const abort = new AbortController();
      const failed = rejection(connection.identity(abort.signal));
      await poll(() => server.asked === asked, { what: `request ${asked}` });
      abort.abort();
      await failed;
      await poll(() => server.open === 0, { what: 'the end of the request' });
    }
  });

  it('reports that SSO does not renew its token again so soon', async () => {
    const { server, connection } = await open('SSO, where its token is renewed');
    const abort = new AbortController();
    const failed = rejection(connection.identity(abort.signal));
    await poll(() => server.open === 1, { what: 'the request' });
    abort.abort();
    await failed;
    await poll(() => server.open === 0, { what: 'the end of the request' });
    const error = await rejection(connection.identity());
    assert.equal(error.name, 'RenewalPausedError');
    assert.match(error.message, /^Renewing the sign-in of profile "p" was canceled a moment ago/);
  });
});

describe('a credential_process that hangs', () => {
  const use = useCredentialSources();

  it('runs until the last caller has left', async () => {
    const pidFile = join(use.aws.folder, 'pid');
    use.configure({ 'profile p': { credential_process: `sleep 60 & echo $! > ${pidFile}; wait` } });
    const connection = await use.connect();
    const [first, second] = [new AbortController(), new AbortController()];
    const one = rejection(listBuckets(connection, first.signal));
    const other = rejection(signObject(connection, { signal: second.signal }));
    const pid = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
    await poll(() => pid() > 0, { what: 'the program to start' });
    first.abort();
    assert.equal((await one).name, 'AbortError');
    assert.equal(isRunning(pid()), true);
    second.abort();
    assert.equal((await other).name, 'AbortError');
    await poll(() => !isRunning(pid()), { what: 'the end of the program' });
  });
});

describe('the prompt for an MFA code', () => {
  const use = useCredentialSources();

  it('is closed when no caller waits for the answer any longer', async () => {
    use.configure({
      'profile p': {
        role_arn: roleArn,
        source_profile: 'base',
        mfa_serial: 'arn:aws:iam::1:mfa/me',
        region: 'us-east-1',
      },
      'profile base': keySettings(alice),
    });
    const asked: AbortSignal[] = [];
    const connection = await use.connect(undefined, {
      mfaCode: (_serial, { signal }) =>
        new Promise((resolve) => {
          asked.push(signal);
          signal.addEventListener('abort', () => {
            resolve(undefined);
          });
        }),
    });
    const abort = new AbortController();
    const failed = rejection(connection.identity(abort.signal));
    await poll(() => asked.length === 1, { what: 'the question' });
    assert.ok(connection.pendingPrompt !== undefined);
    abort.abort();
    assert.equal((await failed).name, 'AbortError');
    await poll(() => asked[0]?.aborted === true, { what: 'the question to be taken back' });
    await poll(() => connection.pendingPrompt === undefined, { what: 'the end of the question' });
  });
});

describe('the session of a directory bucket at a server that hangs', () => {
  const use = useServer();
  const bucket = 'data--use1-az4--x-s3';
  const works = {
    listing: (connection: Connection, signal: AbortSignal) =>
      listPage(connection, { bucket, prefix: '', pageSize: 9, signal }),
    link: (connection: Connection, signal: AbortSignal) =>
      signLink(connection, { bucket, key: 'k', kind: 'get', expiresInSeconds: 60 }, { signal }),
  };

  for (const [what, work] of Object.entries(works)) {
    it(`is no longer requested once its ${what} is aborted`, async () => {
      use.server.createBucket(bucket);
      const arrived = use.hang('CreateSession');
      const connection = await use.connect();
      const abort = new AbortController();
      const failed = rejection(work(connection, abort.signal));
      await arrived;
      abort.abort();
      assert.equal((await failed).name, 'AbortError');
      const isOver = () => use.server.requests.some(({ status }) => status === 0);
      await poll(isOver, { what: 'the end of the request' });
    });
  }
});
