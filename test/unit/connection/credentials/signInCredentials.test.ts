import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignInOutcome } from '../../../../src/core/connection/credentials/credentialServices.js';
import { SignInNeededError } from '../../../../src/core/connection/credentials/identity.js';
import { jsonAnswer, jsonRefusal, startService, type ServiceAnswer } from '../../../servers/aws/service.js';
import { startSsoOidc, startSsoPortal, type SsoState } from '../../../servers/aws/sso.js';
import { assertWorks, useCredentialSources } from '../../support/credentialSources.js';
import { must, rejection } from '../../support/values.js';

const startUrl = 'https://signpost.awsapps.com/start';
const account = { sso_account_id: '123456789012', sso_role_name: 'Reader' };
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
// The SDK renews a session at most once in half a minute, by its name.
let sessions = 0;

/** A sign-in to IAM Identity Center, in its files and at its services. */
function useSso() {
  const use = useCredentialSources();
  const fileOf = (id: string) => join(use.aws.folder, '.aws', 'sso', 'cache', `${sha1(id)}.json`);
  return {
    use,
    fileOf,
    open: async (state: Partial<SsoState> = {}) => {
      const sso: SsoState = {
        issuer: use.issuer,
        accountId: account.sso_account_id,
        roleName: account.sso_role_name,
        accessToken: 'access',
        clientId: 'client',
        clientSecret: 'client-secret',
        refreshToken: 'refresh',
        ...state,
      };
      const [portal, oidc] = [await use.start(startSsoPortal(sso)), await use.start(startSsoOidc(sso))];
      const services = {
        sso: { endpoint_url: portal.endpoint },
        sso_oidc: { endpoint_url: oidc.endpoint },
      };
      sessions += 1;
      return { sso, portal, oidc, services, session: `session-${sessions}` };
    },
    /** Writes what `aws sso login` writes. */
    signIn: (id: string, token: { readonly expiresAt: string } & Partial<Record<string, string>>) => {
      mkdirSync(join(use.aws.folder, '.aws', 'sso', 'cache'), { recursive: true });
      writeFileSync(
        fileOf(id),
        JSON.stringify({ startUrl, region: 'eu-west-1', accessToken: 'access', ...token }),
      );
    },
    configure: (session: string, services: Record<string, { endpoint_url: string }>, profile = 'p') => {
      use.configure({
        [`profile ${profile}`]: { sso_session: session, ...account, services: 'local', region: 'us-east-1' },
        [`sso-session ${session}`]: { sso_region: 'eu-west-1', sso_start_url: startUrl },
        'services local': services,
      });
    },
  };
}

const registration = { clientId: 'client', clientSecret: 'client-secret', refreshToken: 'refresh' };

describe('sso_session', () => {
  const { use, open, signIn, configure, fileOf } = useSso();

  it('lists and signs with the token of the session, and its end is known', async () => {
    const { session, services, portal, oidc } = await open();
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    const connection = await use.connect();
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    assert.deepEqual((await connection.identity()).end, { kind: 'at', at: must(use.issuer.last).expiration });
    assert.deepEqual([portal.requests.length, oidc.requests.length], [1, 0]);
  });

  for (const left of [-60, 200]) {
    it(`renews a token with ${left} seconds left, and keeps the new one in the file of the CLI`, async () => {
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

describe('sso_session, by a name that the SDK does not read', () => {
  const { use, open, signIn, configure } = useSso();
  const source = { kind: 'profile', name: 'my profile' } as const;

  it('of its profile lists and signs', async () => {
    const { session, services } = await open();
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services, '"my profile"');
    await assertWorks(await use.connect(source), () => use.issuer.last?.accessKeyId);
  });

  it('of itself is refused with the reason', async () => {
    const { services } = await open();
    use.configure({
      'profile p': { sso_session: 'my session', ...account },
      'sso-session "my session"': { sso_region: 'eu-west-1', sso_start_url: startUrl },
      'services local': services,
    });
    const error = await rejection((await use.connect()).identity());
    assert.match(error.message, /^The name of the sso-session "my session" of profile "p" cannot be read\./);
  });
});

describe('the older SSO form', () => {
  const { use, open, signIn } = useSso();

  async function configured() {
    const { services } = await open();
    use.configure({
      'profile p': { sso_start_url: startUrl, sso_region: 'eu-west-1', ...account, services: 'local' },
      'services local': services,
    });
  }

  it('lists and signs with the token of the start URL', async () => {
    await configured();
    signIn(startUrl, { expiresAt: inSeconds(3600) });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
  });

  it('needs a sign-in when its token has ended', async () => {
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

  it('because there was none, and works after it without connecting again', async () => {
    const { session, services } = await open();
    configure(session, services);
    const connection = await use.connect();
    assert.ok((await rejection(connection.identity())) instanceof SignInNeededError);
    signIn(session, { expiresAt: inSeconds(3600) });
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
  });

  it('because the token has ended and cannot be renewed', async () => {
    const { session, services, oidc } = await open({ refreshToken: 'another' });
    signIn(session, { expiresAt: inSeconds(-60), ...registration });
    configure(session, services);
    const error = await failure();
    assert.ok(error instanceof SignInNeededError);
    assert.deepEqual([error.profile, error.by], ['p', 'sso']);
    assert.equal(oidc.requests.length, 1);
  });

  it('because the portal knows the token no longer', async () => {
    const { session, services, portal } = await open({ accessToken: 'another' });
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    assert.ok((await failure()) instanceof SignInNeededError);
    assert.equal(portal.requests.length, 1);
  });
});

describe('SSO that a sign-in does not cure', () => {
  const { use, open, signIn, configure } = useSso();

  async function failure(): Promise<string> {
    return (await rejection((await use.connect()).identity())).message;
  }

  it('an account that the person has no access to', async () => {
    const { session, services } = await open({ roleName: 'Admin' });
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    assert.match(await failure(), /^IAM Identity Center gives profile "p" no access/);
  });

  it('a portal that cannot be reached', async () => {
    const { session, services, portal } = await open();
    signIn(session, { expiresAt: inSeconds(3600) });
    configure(session, services);
    await portal.close();
    assert.match(await failure(), /profile "p" its credentials could not be reached/);
  });

  it('a profile without an account', async () => {
    use.configure({ 'profile p': { sso_start_url: startUrl, sso_region: 'eu-west-1' } });
    assert.match(await failure(), /^Profile "p" lacks one of sso_account_id/);
  });
});

/** What stands in the place of a service, and what is said of it. */
const faults: readonly (readonly [what: string, answer: ServiceAnswer | undefined, said: RegExp])[] = [
  ['is busy', jsonRefusal(429, 'TooManyRequestsException', {}), /is busy or has a fault/],
  ['has no time', jsonAnswer(503, {}), /is busy or has a fault/],
  ['has a fault and no words', { status: 500, body: '' }, /is busy or has a fault/],
  [
    'is a web page',
    { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' },
    /A web page answered/,
  ],
  ['stays silent', undefined, /could not be reached/],
];
const limits = {
  timeLimits: () => ({ connectMs: 500, silenceMs: 500 }),
  retryLimits: { attempts: 1, pauseMs: 1, totalMs: 1000 },
};

describe('SSO whose portal cannot answer', () => {
  const { use, open, signIn, configure } = useSso();

  for (const [what, answer, said] of faults) {
    it(`because it ${what}`, async () => {
      const { session, services } = await open();
      const portal = await use.start(startService(() => answer));
      signIn(session, { expiresAt: inSeconds(3600) });
      configure(session, { ...services, sso: { endpoint_url: portal.endpoint } });
      const error = await rejection((await use.connect(undefined, limits)).identity());
      assert.equal(error.name, 'CredentialServiceError');
      assert.match(error.message, said);
    });
  }
});

describe('SSO whose token has ended and cannot be renewed at this moment', () => {
  const { use, open, signIn, configure, fileOf } = useSso();

  for (const [what, answer, said] of faults) {
    it(`asks for no sign-in where the service ${what}, nor when it is asked again at once`, async () => {
      const { session, services } = await open();
      const oidc = await use.start(startService(() => answer));
      signIn(session, { expiresAt: inSeconds(-60), ...registration });
      configure(session, { ...services, sso_oidc: { endpoint_url: oidc.endpoint } });
      const options = { ...limits, renewals: new Map<string, SignInOutcome>() };
      const connection = await use.connect(undefined, options);
      assert.match((await rejection(connection.identity())).message, said);
      assert.match((await rejection(connection.identity())).message, said);
      const next = await use.connect(undefined, options);
      assert.match((await rejection(next.identity())).message, said);
      assert.equal(oidc.requests.length, 1);
    });
  }

  it('asks for one where the token is taken away meanwhile', async () => {
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

  it('is that of the edited files when it is connected to again', async () => {
    const first = await open();
    use.configure({ 'profile p': { sso_session: first.session, ...account } });
    assert.match((await rejection((await use.connect()).identity())).message, /names the sso-session/);
    signIn(first.session, { expiresAt: inSeconds(3600) });
    configure(first.session, first.services);
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    const second = await open({ roleName: 'Writer' });
    signIn(second.session, { expiresAt: inSeconds(3600) });
    use.configure({
      'profile p': { sso_session: second.session, ...account, sso_role_name: 'Writer', services: 'local' },
      [`sso-session ${second.session}`]: { sso_region: 'eu-west-1', sso_start_url: startUrl },
      'services local': second.services,
    });
    await assertWorks(await use.connect(), () => use.issuer.last?.accessKeyId);
    assert.equal(second.portal.requests.length, 1);
  });
});
