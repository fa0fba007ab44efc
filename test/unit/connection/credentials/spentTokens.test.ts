import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { withLock } from '../../../../src/core/connection/credentials/renewalLock.js';
import { repositoryRoot } from '../../../host/paths.js';
import { jsonRefusal, startService } from '../../../servers/aws/service.js';
import { loginLifeSeconds } from '../../../servers/aws/signIn.js';
import { assertWorks, signerOf, signObject } from '../../support/credentialSources.js';
import { useFolder } from '../../support/folders.js';
import { loginSession, useLogin } from '../../support/loginFiles.js';
import { inSeconds } from '../../../support/signInFiles.js';
import { registration, useSso } from '../../support/ssoFiles.js';
import { poll } from '../../../support/poll.js';
import { must, rejection } from '../../../support/values.js';

/** The answers to two processes that ask for the credentials of the profile at the same time. */
async function askTwice(): Promise<readonly string[]> {
  const program = join(repositoryRoot(), 'out', 'unit', 'support', 'askCredentials.js');
  const children = [0, 1].map(() => {
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    return { child, ended: once(child, 'close'), line: async () => String((await lines.next()).value) };
  });
  const readiness = await Promise.all(children.map(({ line }) => line()));
  assert.deepEqual(readiness, ['ready', 'ready']);
  for (const { child } of children) child.stdin.write('go\n');
  const answers = await Promise.all(children.map(({ line }) => line()));
  await Promise.all(children.map(({ ended }) => ended));
  return answers;
}

describe('two windows that renew a sign-in whose refresh token works once', () => {
  describe('through aws login', () => {
    const { use, open } = useLogin();

    it('both get a link of the longest validity, with one renewal', async () => {
      const { service, signIn } = await open();
      signIn(use.issuer.issue('by hand', 600));
      const connections = [await use.connect(), await use.connect()];
      const links = await Promise.all(
        connections.map((connection) => signObject(connection, { expiresInSeconds: 3600 })),
      );
      const renewed = must(use.issuer.last).accessKeyId;
      assert.deepEqual(links.map(signerOf), [renewed, renewed]);
      assert.equal(service.requests.length, 1);
    });

    it('both get credentials, with one renewal', async () => {
      const { service, signIn } = await open();
      signIn(use.issuer.issue('by hand', -60));
      const connections = [await use.connect(), await use.connect()];
      const identities = await Promise.all(connections.map((connection) => connection.identity()));
      const renewed = must(use.issuer.last).accessKeyId;
      assert.deepEqual(
        identities.map(({ keys }) => keys.accessKeyId),
        [renewed, renewed],
      );
      assert.equal(service.requests.length, 1);
    });
  });

  describe('of IAM Identity Center', () => {
    const { use, open, signIn, configure } = useSso();

    it('both get credentials, with one renewal', async () => {
      const { session, services, oidc } = await open();
      signIn(session, { expiresAt: inSeconds(-60), ...registration });
      configure(session, services);
      const answers = await askTwice();
      assert.deepEqual(answers.toSorted(), use.issuer.grants.map(({ keys }) => keys.accessKeyId).toSorted());
      assert.equal(oidc.requests.length, 1);
    });
  });
});

describe('a sign-in that another program renews at the same time', () => {
  /** A service that has accepted the refresh token from the other program, which soon writes its file. */
  const refuses = (code: string, write: () => void) =>
    startService(() => {
      setTimeout(write, 50);
      return jsonRefusal(400, code, { error: 'invalid_grant', message: 'spent' });
    });

  describe('through aws login', () => {
    const { use, open } = useLogin();

    it('gives what the other program wrote', async () => {
      const { signIn } = await open();
      signIn(use.issuer.issue('by hand', -60));
      const renewed = use.issuer.issue('login', loginLifeSeconds);
      const service = await use.start(
        refuses('AccessDeniedException', () => {
          signIn(renewed);
        }),
      );
      use.configure({
        'profile p': { login_session: loginSession, services: 'local' },
        'services local': { signin: { endpoint_url: service.endpoint } },
      });
      assert.equal((await (await use.connect()).identity()).keys.accessKeyId, renewed.accessKeyId);
    });
  });

  describe('of IAM Identity Center', () => {
    const { use, open, signIn, configure } = useSso();

    it('gives what the other program wrote', async () => {
      const { session, services } = await open({ accessToken: 'renewed' });
      signIn(session, { expiresAt: inSeconds(-60), ...registration });
      const oidc = await use.start(
        refuses('InvalidGrantException', () => {
          signIn(session, { expiresAt: inSeconds(3600), ...registration, accessToken: 'renewed' });
        }),
      );
      configure(session, { ...services, sso_oidc: { endpoint_url: oidc.endpoint } });
      await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    });
  });
});

describe('the turn of a window', () => {
  const folder = useFolder();
  const file = () => join(folder.path, 'token.json');
  const lock = () => `${file()}.signpost-lock`;

  it("comes when another window's turn is over, and leaves nothing behind", async () => {
    const order: string[] = [];
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    const first = withLock(file(), () => held.then(() => order.push('first')), {});
    await poll(() => existsSync(lock()), { what: 'the first turn' });
    const second = withLock(file(), () => Promise.resolve(order.push('second')), {});
    end();
    await Promise.all([first, second]);
    assert.deepEqual([order, readdirSync(folder.path)], [['first', 'second'], []]);
  });

  it('can be abandoned before it comes', async () => {
    mkdirSync(lock());
    writeFileSync(join(lock(), 'other'), '');
    const stop = new AbortController();
    const turn = withLock(file(), () => assert.fail('it has not come'), { signal: stop.signal });
    stop.abort();
    assert.equal((await rejection(turn)).name, 'AbortError');
    assert.ok(existsSync(lock()));
  });

  it('comes at once when locking is impossible', async () => {
    const missing = join(folder.path, 'missing', 'token.json');
    assert.equal(await withLock(missing, () => Promise.resolve('done'), {}), 'done');
  });
});
