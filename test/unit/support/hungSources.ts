import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../../src/core/connection/connection.js';
import { staySilent, useRawServer, type RawServer } from '../../support/badServers.js';
import { useCredentialSources, type CredentialUse, type Sections } from './credentialSources.js';
import { alice } from '../../support/identities.js';
import { inSeconds, loginFile, loginToken, ssoFile, writeTokenFile } from '../../support/signInFiles.js';
import { loginSession } from './loginFiles.js';
import { registration } from './ssoFiles.js';
import { keySettings } from '../../support/awsSettings.js';

/** Longer than any test waits: only the caller ends a request. */
const never = 600_000;

const roleArn = 'arn:aws:iam::123456789012:role/r';
// The SDK renews a session, identified by its name, at most once in half a minute.
let sessions = 0;

/** Writes a web identity's token into the home folder. */
function writeIdentity({ aws }: CredentialUse): string {
  const file = join(aws.folder, 'token');
  writeFileSync(file, 'a.b.c');
  return file;
}

function writeSsoToken({ aws }: CredentialUse, token: Readonly<Record<string, string>>): string {
  sessions += 1;
  const id = `hung-${sessions}`;
  writeTokenFile(ssoFile(aws.folder, id), { accessToken: 'access', ...token });
  return id;
}

function ssoSections(id: string): Sections {
  return {
    'profile p': { sso_session: id, sso_account_id: '123456789012', sso_role_name: 'r', services: 'local' },
    [`sso-session ${id}`]: { sso_region: 'eu-west-1', sso_start_url: 'https://signpost.awsapps.com/start' },
  };
}

function writeLogin({ aws }: CredentialUse): void {
  const keys = { ...alice, sessionToken: 't', expiresAt: inSeconds(-60) };
  writeTokenFile(loginFile(aws.folder, loginSession), loginToken(keys));
}

/**
 * Sources that request credentials from one server: by a profile's sections, or by the environment without.
 */
const sources: Readonly<Record<string, (use: CredentialUse, endpoint: string) => Sections | undefined>> = {
  'a role': () => ({
    'profile p': { role_arn: roleArn, source_profile: 'base', services: 'local' },
    'profile base': keySettings(alice),
  }),
  'a role whose source is a role': () => ({
    'profile p': { role_arn: roleArn, source_profile: 'middle', services: 'local' },
    'profile middle': { role_arn: roleArn, source_profile: 'base', services: 'local' },
    'profile base': keySettings(alice),
  }),
  'a web identity': (use) => ({
    'profile p': {
      role_arn: roleArn,
      web_identity_token_file: writeIdentity(use),
      services: 'local',
    },
  }),
  'SSO, at its portal': (use) => ssoSections(writeSsoToken(use, { expiresAt: inSeconds(3600) })),
  'SSO, where its token is renewed': (use) =>
    ssoSections(writeSsoToken(use, { expiresAt: inSeconds(-60), ...registration })),
  'aws login': (use) => {
    writeLogin(use);
    return { 'profile p': { login_session: loginSession, services: 'local' } };
  },
  'a container': (use, endpoint) => {
    use.aws.setEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/keys` });
    return undefined;
  },
  'an instance': (use, endpoint) => {
    use.aws.setEnvironment({
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
    });
    return undefined;
  },
  'a role by an instance': (use, endpoint) => {
    use.aws.setEnvironment({
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
    });
    return {
      'profile p': { role_arn: roleArn, credential_source: 'Ec2InstanceMetadata', services: 'local' },
    };
  },
};

/** The names of the credential sources. */
export const hungSources = Object.keys(sources);

/** Opens a connection whose credentials come from a server that accepts requests and never answers. */
export function useHungSource(): (name: string) => Promise<{ server: RawServer; connection: Connection }> {
  const use = useCredentialSources();
  const startServer = useRawServer();

  return async (name) => {
    const server = await startServer(staySilent);
    const at = { endpoint_url: `http://${server.host}` };
    const sections = sources[name]?.(use, at.endpoint_url);
    use.configure({ ...sections, 'services local': { sts: at, sso: at, sso_oidc: at, signin: at } });
    const source =
      sections === undefined ? ({ kind: 'environment' } as const) : ({ kind: 'profile', name: 'p' } as const);
    const connection = await use.connect(source, {
      limits: { hostMs: 60_000 },
      timeLimits: () => ({ connectMs: never, silenceMs: never }),
    });
    return { server, connection };
  };
}
