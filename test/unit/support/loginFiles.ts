import type { IssuedKeys } from '../../servers/aws/keys.js';
import { startSignIn, type SignInState } from '../../servers/aws/signIn.js';
import { loginFile, loginKeyPair, loginToken, writeTokenFile } from '../../support/signInFiles.js';
import { useCredentialSources } from './credentialSources.js';

export const loginSession = 'arn:aws:iam::123456789012:user/somebody';

/** A session of `aws login`, in its file and at its service. */
export function useLogin() {
  const use = useCredentialSources();
  const file = () => loginFile(use.aws.folder, loginSession);
  return {
    use,
    file,
    open: async (options: Partial<SignInState> = {}) => {
      const { privateKey, publicKey } = loginKeyPair();
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
        const keys = { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration.toISOString() };
        writeTokenFile(file(), { ...loginToken(keys, privateKey), clientId: state.clientId });
      };
      return { state, service, signIn };
    },
  };
}
