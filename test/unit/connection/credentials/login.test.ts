import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { basename, dirname, join } from 'node:path';
import { SignInNeededError } from '../../../../src/core/connection/credentials/identity.js';
import { explain } from '../../../../src/core/failures/explain.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { jsonAnswer, startService } from '../../../servers/aws/service.js';
import { loginLifeSeconds } from '../../../servers/aws/signIn.js';
import { makeAuthority } from '../../../support/authority.js';
import { portOf } from '../../../support/ports.js';
import { assertWorks, signerOf, signObject } from '../../support/credentialSources.js';
import { loginSession, useLogin } from '../../support/loginFiles.js';
import { must, rejection } from '../../../support/values.js';

describe('login_session', () => {
  const { use, open, file } = useLogin();

  it('lists and signs with the keys of the file, and their expiry is known', async () => {
    const { service, signIn } = await open();
    const keys = use.issuer.issue('by hand', loginLifeSeconds);
    signIn(keys);
    const connection = await use.connect();
    await assertWorks(connection, () => keys.accessKeyId);
    assert.deepEqual((await connection.identity()).expiry, { kind: 'at', at: keys.expiration });
    assert.equal(service.requests.length, 0);
  });

  for (const left of [-60, 200]) {
    it(`renews keys with ${left} seconds left using a proof, and stores them in the CLI's file`, async () => {
      const { state, service, signIn } = await open();
      signIn(use.issuer.issue('by hand', left));
      await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
      assert.equal(use.issuer.grants.at(-1)?.by, 'login');
      assert.equal(service.requests.length, 1);
      const kept = JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>;
      assert.equal(kept.refreshToken, state.refreshToken);
      assert.match(JSON.stringify(kept), new RegExp(must(use.issuer.last).accessKeyId));
    });
  }

  it('shortens a link of an hour to its 15 minutes', async () => {
    const { signIn, service } = await open();
    signIn(use.issuer.issue('by hand', loginLifeSeconds));
    const link = await signObject(await use.connect(), { expiresInSeconds: 3600 });
    assert.equal(link.limit, 'credentials');
    assert.ok(link.validSeconds > loginLifeSeconds - 60 && link.validSeconds <= loginLifeSeconds);
    assert.equal(service.requests.length, 0);
  });
});

describe('login_session whose keys expire before the link', () => {
  const { use, open, file } = useLogin();
  const leftSeconds = 600;
  const kept = () => readFileSync(file(), 'utf8');

  it("is renewed once, using a proof, and stored in the CLI's file", async () => {
    const { state, service, signIn } = await open();
    signIn(use.issuer.issue('by hand', leftSeconds));
    const connection = await use.connect();
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    assert.equal(service.requests.length, 0);
    for (let count = 0; count < 2; count += 1) {
      const link = await signObject(connection, { expiresInSeconds: 3600 });
      assert.equal(signerOf(link), must(use.issuer.last).accessKeyId);
      assert.ok(link.validSeconds > loginLifeSeconds - 60, `${link.validSeconds} seconds`);
    }
    assert.equal(use.issuer.grants.at(-1)?.by, 'login');
    assert.equal(service.requests.length, 1);
    const token = JSON.parse(kept()) as Record<string, unknown>;
    assert.equal(token.refreshToken, state.refreshToken);
    assert.equal(token.idToken, 'id');
    // A process started later uses it.
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    assert.equal(service.requests.length, 1);
  });

  it('is not renewed for a link that expires earlier', async () => {
    const { service, signIn } = await open();
    signIn(use.issuer.issue('by hand', leftSeconds));
    await signObject(await use.connect(), { expiresInSeconds: leftSeconds - 60 });
    assert.equal(service.requests.length, 0);
  });

  it('signs for as long as it is valid when it cannot be renewed', async () => {
    const { service, signIn } = await open({ refusal: 'TOKEN_EXPIRED' });
    const keys = use.issuer.issue('by hand', leftSeconds);
    signIn(keys);
    const before = kept();
    const link = await signObject(await use.connect(), { expiresInSeconds: 3600 });
    assert.deepEqual([link.limit, link.expiresAt], ['credentials', keys.expiration]);
    assert.equal(service.requests.length, 1);
    assert.equal(kept(), before);
  });
});

describe('login_session on a machine whose clock is off', () => {
  const { use, open } = useLogin();

  for (const aheadSeconds of [-1200, 300]) {
    it(`expires after 15 minutes by the clock of S3, which is ${aheadSeconds} s ahead`, async () => {
      use.clock = () => new Date(Date.now() + aheadSeconds * 1000);
      const { signIn } = await open();
      const keys = use.issuer.issue('by hand', loginLifeSeconds);
      signIn(keys);
      const ends: (Date | undefined)[] = [];
      const connection = await use.connect(undefined, {
        onCredentials: (state) => ends.push(state.kind === 'at' ? state.at : undefined),
      });
      await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
      const link = await signObject(connection, { expiresInSeconds: 3600 });
      assert.equal(link.limit, 'credentials');
      assert.ok(Math.abs(link.validSeconds - loginLifeSeconds) < 30, `${link.validSeconds} seconds`);
      assert.equal(await (await fetch(link.url)).text(), 'hello');
      const told = (ends.at(-1)?.getTime() ?? 0) - keys.expiration.getTime();
      assert.ok(Math.abs(told - aheadSeconds * 1000) < 2000, `${told} ms later`);
    });
  }
});

describe('login_session of a profile whose name the SDK does not recognize', () => {
  const { use, open } = useLogin();

  it('lists and signs, and is renewed before a link', async () => {
    const { service, signIn } = await open();
    signIn(use.issuer.issue('by hand', 600));
    use.configure({
      'profile "my profile"': { login_session: loginSession, services: 'local' },
      'services local': { signin: { endpoint_url: service.endpoint } },
    });
    const connection = await use.connect({ kind: 'profile', name: 'my profile' });
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    const link = await signObject(connection, { expiresInSeconds: 3600 });
    assert.ok(link.validSeconds > loginLifeSeconds - 60);
  });
});

describe('login_session, when it cannot be renewed', () => {
  const { use, open } = useLogin();

  async function failure(refusal?: string): Promise<Error> {
    const { service, signIn } = await open({ refusal });
    signIn(use.issuer.issue('by hand', -60));
    if (refusal === undefined) await service.close();
    return rejection((await use.connect()).identity());
  }

  it('needs a sign-in if there was none', async () => {
    await open();
    const error = await rejection((await use.connect()).identity());
    assert.ok(error instanceof SignInNeededError);
    assert.deepEqual([error.profile, error.method], ['p', 'login']);
  });

  for (const refusal of ['TOKEN_EXPIRED', 'USER_CREDENTIALS_CHANGED', 'SOMETHING_ELSE']) {
    it(`needs a sign-in after ${refusal}`, async () => {
      assert.ok((await failure(refusal)) instanceof SignInNeededError);
    });
  }

  it('names the permission that is missing', async () => {
    assert.match(
      (await failure('INSUFFICIENT_PERMISSIONS')).message,
      /lacks the permission signin:CreateOAuth2Token/,
    );
  });

  it('does not ask for a sign-in when the service cannot be reached', async () => {
    assert.match((await failure()).message, /credentials for profile "p" could not be reached/);
  });
});

describe('login_session whose service fails', () => {
  const { use, open } = useLogin();

  async function failureAt(endpoint: string): Promise<Error> {
    const { signIn } = await open();
    signIn(use.issuer.issue('by hand', -60));
    use.configure({
      'profile p': { login_session: loginSession, services: 'local' },
      'services local': { signin: { endpoint_url: endpoint } },
    });
    const retryLimits = { attempts: 1, pauseMs: 1, totalMs: 1000 };
    return rejection((await use.connect(undefined, { retryLimits })).identity());
  }

  for (const [what, answer, said] of [
    ['is busy', jsonAnswer(503, {}), /is busy or temporarily unavailable/],
    [
      'answers with a web page',
      { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Log in</html>' },
      /A web page answered/,
    ],
  ] as const) {
    it(`does not ask for a sign-in when it ${what}`, async () => {
      const { endpoint } = await use.start(startService(() => answer));
      assert.match((await failureAt(endpoint)).message, said);
    });
  }

  it('reports an untrusted certificate', async () => {
    const { tls } = await makeAuthority(use.aws.folder);
    const server = createServer(tls).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const error = await failureAt(`https://127.0.0.1:${portOf(server.address())}`);
    server.close();
    assert.match(formatMessage(explain(error).message), /certificate/);
  });
});

describe('login_session without a readable token', () => {
  const { use, open, file } = useLogin();

  for (const [what, place] of [
    ['', () => undefined],
    [', in the folder set by the environment', () => join(use.aws.folder, 'elsewhere')],
  ] as const) {
    for (const text of [undefined, '{', '{}']) {
      it(`needs a sign-in (${text ?? 'none'})${what}`, async () => {
        await open();
        const folder = place() ?? dirname(file());
        if (place() !== undefined) use.aws.setEnvironment({ AWS_LOGIN_CACHE_DIRECTORY: folder });
        mkdirSync(folder, { recursive: true });
        if (text !== undefined) writeFileSync(join(folder, basename(file())), text);
        assert.ok((await rejection((await use.connect()).identity())) instanceof SignInNeededError);
      });
    }
  }
});
