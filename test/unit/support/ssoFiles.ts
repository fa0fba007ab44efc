import { startSsoOidc, startSsoPortal, type SsoState } from '../../servers/aws/sso.js';
import { ssoFile, writeTokenFile } from '../../support/signInFiles.js';
import { useCredentialSources } from './credentialSources.js';

export const startUrl = 'https://signpost.awsapps.com/start';
export const ssoAccount = { sso_account_id: '123456789012', sso_role_name: 'Reader' };
// The SDK renews a session, identified by its name, at most once in half a minute.
let sessions = 0;

/** A sign-in to IAM Identity Center, in its files and at its services. */
export function useSso() {
  const use = useCredentialSources();
  const fileOf = (id: string) => ssoFile(use.aws.folder, id);
  return {
    use,
    fileOf,
    open: async (state: Partial<SsoState> = {}) => {
      const sso: SsoState = {
        issuer: use.issuer,
        accountId: ssoAccount.sso_account_id,
        roleName: ssoAccount.sso_role_name,
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
      writeTokenFile(fileOf(id), { startUrl, region: 'eu-west-1', accessToken: 'access', ...token });
    },
    configure: (session: string, services: Record<string, { endpoint_url: string }>, profile = 'p') => {
      use.configure({
        [`profile ${profile}`]: {
          sso_session: session,
          ...ssoAccount,
          services: 'local',
          region: 'us-east-1',
        },
        [`sso-session ${session}`]: { sso_region: 'eu-west-1', sso_start_url: startUrl },
        'services local': services,
      });
    },
  };
}

/** The fields of a token file that allow its renewal. */
export const registration = { clientId: 'client', clientSecret: 'client-secret', refreshToken: 'refresh' };
