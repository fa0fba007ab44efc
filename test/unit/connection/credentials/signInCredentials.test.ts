import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import type { SignInOutcome } from '../../../../src/core/connection/credentials/credentialServices.js';
import { SignInNeededError } from '../../../../src/core/connection/credentials/identity.js';
import { jsonAnswer, jsonRefusal, startService, type ServiceAnswer } from '../../../servers/aws/service.js';
import { assertWorks } from '../../support/credentialSources.js';
import { inSeconds } from '../../../support/signInFiles.js';
import { registration, ssoAccount, startUrl, useSso } from '../../support/ssoFiles.js';
import { must, rejection } from '../../../support/values.js';

describe('sso_session', () => {
  const { use, open, signIn, configure, fileOf } = useSso();

  it('lists and signs with the token of the session, and its expiry is known', async () => {
    const { session, services, portal, oidc } = await open();
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    const connection = await use.connect();
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    assert.deepEqual((await connection.identity()).expiry, {
      kind: 'at',
      at: must(use.issuer.last).expiration,
    });
    assert.deepEqual([portal.requests.length, oidc.requests.length], [1, 0]);
  });

  for (const left of [-60, 200]) {
    it(`renews a token with ${left} seconds left, and stores it in the CLI's file`, async () => {
      const { session, services, sso, oidc } = await open({ accessToken: 'not the one in the file' });
      signIn(session, { expiresAt: inSeconds(left), ...registration });
      configure(session, services);
      await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
      assert.equal(oidc.requests.length, 1);
      const kept = JSON.parse(readFileSync(fileOf(session), 'utf8')) as Record<string, string>;
      assert.equal(kept.accessToken, sso.accessToken);
      assert.equal(kept.refreshToken, sso.refreshToken);
      assert.equal(kept.startUrl, startUrl);
    });
  }
});

describe('sso_session whose name the SDK does not recognize', () => {
  const { use, open, signIn, configure } = useSso();
  const source = { kind: 'profile', name: 'my profile' } as const;

  it('in the name of its profile lists and signs', async () => {
    const { session, services } = await open();
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services, '"my profile"');
    await assertWorks(await use.connect(source), () => use.issuer.last?.accessKeyId);
  });

  it('in its own name is refused with the reason', async () => {
    const { services } = await open();
    use.configure({
      'profile p': { sso_session: 'my session', ...ssoAccount },
      'sso-session "my session"': { sso_region: 'eu-west-1', sso_start_url: startUrl },
      'services local': services,
    });
    const error = await rejection((await use.connect()).identity());
    assert.match(error.message, /^The sso-session name "my session" of profile "p" cannot be read\./);
  });
});

describe('the legacy SSO settings', () => {
  const { use, open, signIn } = useSso();

  async function configured() {
    const { services } = await open();
    use.configure({
      'profile p': { sso_start_url: startUrl, sso_region: 'eu-west-1', ...ssoAccount, services: 'local' },
      'services local': services,
    });
  }

  it('lists and signs with the token of the start URL', async () => {
    await configured();
    signIn(startUrl, { expiresAt: inSeconds(3600) });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
  });

  it('needs a sign-in when its token has expired', async () => {
    await configured();
    signIn(startUrl, { expiresAt: inSeconds(-60) });
    assert.ok((await rejection((await use.connect()).identity())) instanceof SignInNeededError);
  });
});

describe('SSO that needs a sign-in', () => {
  const { use, open, signIn, configure } = useSso();

  async function failure(): Promise<Error> {
    return rejection((await use.connect()).identity());
  }

  it('because there was none, and works afterwards without connecting again', async () => {
    const { session, services } = await open();
    configure(session, services);
    const connection = await use.connect();
    assert.ok((await rejection(connection.identity())) instanceof SignInNeededError);
    signIn(session, { expiresAt: inSeconds(3600) });
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
  });

  it('because the token has expired and cannot be renewed', async () => {
    const { session, services, oidc } = await open({ refreshToken: 'another' });
    signIn(session, { expiresAt: inSeconds(-60), ...registration });
    configure(session, services);
    const error = await failure();
    assert.ok(error instanceof SignInNeededError);
    assert.deepEqual([error.profile, error.method], ['p', 'sso']);
    assert.equal(oidc.requests.length, 1);
  });

  it('because the portal no longer accepts the token', async () => {
    const { session, services, portal } = await open({ accessToken: 'another' });
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    assert.ok((await failure()) instanceof SignInNeededError);
    assert.equal(portal.requests.length, 1);
  });
});

describe('SSO that a sign-in does not fix', () => {
  const { use, open, signIn, configure } = useSso();

  async function failure(): Promise<string> {
    return (await rejection((await use.connect()).identity())).message;
  }

  it('an account the user has no access to', async () => {
    const { session, services } = await open({ roleName: 'Admin' });
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    assert.match(await failure(), /^IAM Identity Center does not grant profile "p"/);
  });

  it('a portal that cannot be reached', async () => {
    const { session, services, portal } = await open();
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    await portal.close();
    assert.match(await failure(), /credentials for profile "p" could not be reached/);
  });

  it('a profile without an account', async () => {
    use.configure({ 'profile p': { sso_start_url: startUrl, sso_region: 'eu-west-1' } });
    assert.match(await failure(), /^Profile "p" is missing one of sso_account_id/);
  });
});

/** What answers instead of a service, and the message about it. */
const faults: readonly (readonly [what: string, answer: ServiceAnswer | undefined, said: RegExp])[] = [
  ['is busy', jsonRefusal(429, 'TooManyRequestsException', {}), /is busy or temporarily unavailable/],
  ['is unavailable', jsonAnswer(503, {}), /is busy or temporarily unavailable/],
  ['fails without a message', { status: 500, body: '' }, /is busy or temporarily unavailable/],
  [
    'answers with a web page',
    { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' },
    /A web page answered/,
  ],
  ['does not answer', undefined, /could not be reached/],
];

/** Short for a service that stays silent; others answer, however busy the machine is. */
const limitsFor = (answer: ServiceAnswer | undefined) => ({
  timeLimits: () => ({ connectMs: 60_000, silenceMs: answer === undefined ? 1000 : 60_000 }),
  retryLimits: { attempts: 1, pauseMs: 1, totalMs: 60_000 },
});

describe('SSO whose portal fails', () => {
  const { use, open, signIn, configure } = useSso();

  for (const [what, answer, said] of faults) {
    it(`because it ${what}`, async () => {
      const { session, services } = await open();
      const portal = await use.start(startService(() => answer));
      signIn(session, { expiresAt: inSeconds(3600) });
      configure(session, { ...services, sso: { endpoint_url: portal.endpoint } });
      const error = await rejection((await use.connect(undefined, limitsFor(answer))).identity());
      assert.equal(error.name, 'CredentialServiceError');
      assert.match(error.message, said);
    });
  }
});

describe('SSO whose expired token temporarily cannot be renewed', () => {
  const { use, open, signIn, configure, fileOf } = useSso();

  for (const [what, answer, said] of faults) {
    it(`does not ask for a sign-in when the service ${what}, even if asked again at once`, async () => {
      const { session, services } = await open();
      const oidc = await use.start(startService(() => answer));
      signIn(session, { expiresAt: inSeconds(-60), ...registration });
      configure(session, { ...services, sso_oidc: { endpoint_url: oidc.endpoint } });
      const options = { ...limitsFor(answer), renewals: new Map<string, SignInOutcome>() };
      const connection = await use.connect(undefined, options);
      assert.match((await rejection(connection.identity())).message, said);
      assert.match((await rejection(connection.identity())).message, said);
      const next = await use.connect(undefined, options);
      assert.match((await rejection(next.identity())).message, said);
      assert.equal(oidc.requests.length, 1);
    });
  }

  it('asks for one when the token is removed in the meantime', async () => {
    const { session, services, oidc } = await open();
    signIn(session, { expiresAt: inSeconds(-60), ...registration });
    configure(session, services);
    await oidc.close();
    const connection = await use.connect();
    assert.match((await rejection(connection.identity())).message, /could not be reached/);
    rmSync(fileOf(session));
    assert.ok((await rejection(connection.identity())) instanceof SignInNeededError);
  });
});

describe('SSO after the files were edited', () => {
  const { use, open, signIn, configure } = useSso();

  it('uses the edited files after another connect', async () => {
    const first = await open();
    use.configure({ 'profile p': { sso_session: first.session, ...ssoAccount } });
    assert.match((await rejection((await use.connect()).identity())).message, /refers to the sso-session/);
    signIn(first.session, { expiresAt: inSeconds(3600) });
    configure(first.session, first.services);
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    const second = await open({ roleName: 'Writer' });
    signIn(second.session, { expiresAt: inSeconds(3600) });
    use.configure({
      'profile p': { sso_session: second.session, ...ssoAccount, sso_role_name: 'Writer', services: 'local' },
      [`sso-session ${second.session}`]: { sso_region: 'eu-west-1', sso_start_url: startUrl },
      'services local': second.services,
    });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    assert.equal(second.portal.requests.length, 1);
  });
});
