import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssuedKeys } from '../../servers/aws/keys.js';
import { startSignIn, type SignInState } from '../../servers/aws/signIn.js';
import { useCredentialSources } from './credentialSources.js';

export const loginSession = 'arn:aws:iam::123456789012:user/somebody';

/** A session of `aws login`, in its file and at its service. */
export function useLogin() {
  const use = useCredentialSources();
  const folder = () => join(use.aws.folder, '.aws', 'login', 'cache');
  const file = () => join(folder(), `${createHash('sha256').update(loginSession).digest('hex')}.json`);
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
        'profile p': { login_session: loginSession, services: 'local' },
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
