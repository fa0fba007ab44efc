import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignInNeededError } from '../../../../src/core/connection/credentials/identity.js';
import type { IssuedKeys } from '../../../servers/aws/keys.js';
import { loginLifeSeconds, startSignIn, type SignInState } from '../../../servers/aws/signIn.js';
import { assertWorks, signObject, useCredentialSources } from '../../support/credentialSources.js';
import { must, rejection } from '../../support/values.js';

const session = 'arn:aws:iam::123456789012:user/somebody';

/** A session of `aws login`, in its file and at its service. */
function useLogin() {
  const use = useCredentialSources();
  const folder = () => join(use.aws.folder, '.aws', 'login', 'cache');
  const file = () => join(folder(), `${createHash('sha256').update(session).digest('hex')}.json`);
  return {
    use,
    file,
    open: async (options: Partial<SignInState> = {}) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const state: SignInState = {
        issuer: use.issuer,
        clientId: 'arn:aws:signin:::devtools/same-device',
        refreshToken: 'refresh',
        dpopKey: publicKey.export({ format: 'jwk' }),
        ...options,
      };
      const service = await use.start(startSignIn(state));
      use.configure({
        'profile p': { login_session: session, services: 'local' },
        'services local': { signin: { endpoint_url: service.endpoint } },
      });
      const signIn = ({ accessKeyId, secretAccessKey, sessionToken, expiration }: IssuedKeys) => {
        mkdirSync(folder(), { recursive: true });
        const token = {
          accessToken: {
            accessKeyId,
            secretAccessKey,
            sessionToken,
            accountId: '123456789012',
            expiresAt: expiration.toISOString(),
          },
          tokenType: 'aws_sigv4',
          clientId: state.clientId,
          refreshToken: 'refresh',
          idToken: 'id',
          dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
        };
        writeFileSync(file(), JSON.stringify(token));
      };
      return { state, service, signIn };
    },
  };
}

describe('login_session', () => {
  const { use, open, file } = useLogin();

  it('lists and signs with the keys of the file, and their end is known', async () => {
    const { service, signIn } = await open();
    const keys = use.issuer.issue('by hand', loginLifeSeconds);
    signIn(keys);
    const connection = await use.connect();
    await assertWorks(connection, () => keys.accessKeyId);
    assert.deepEqual((await connection.identity()).end, { kind: 'at', at: keys.expiration });
    assert.equal(service.requests.length, 0);
  });

  for (const left of [-60, 200]) {
    it(`renews keys with ${left} seconds left with a proof, and keeps them in the file of the CLI`, async () => {
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

  it('cuts a link of an hour to the quarter that it lives', async () => {
    const { signIn } = await open();
    signIn(use.issuer.issue('by hand', loginLifeSeconds));
    const link = await signObject(await use.connect(), { expiresInSeconds: 3600 });
    assert.equal(link.limit, 'credentials');
    assert.ok(link.worksSeconds > loginLifeSeconds - 60 && link.worksSeconds <= loginLifeSeconds);
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

  it('needs a sign-in where there was none', async () => {
    await open();
    const error = await rejection((await use.connect()).identity());
    assert.ok(error instanceof SignInNeededError);
    assert.deepEqual([error.profile, error.by], ['p', 'login']);
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

  it('does not ask for a sign-in where the service cannot be reached', async () => {
    assert.match((await failure()).message, /profile "p" its credentials could not be reached/);
  });
});
