import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from '../../../src/core/connection/connection.js';
import { staySilent, useRawServer, type RawServer } from '../../support/badServers.js';
import { useCredentialSources, type CredentialUse, type Sections } from './credentialSources.js';
import { alice } from '../../support/identities.js';
import { keySettings } from '../../support/awsSettings.js';

const roleArn = 'arn:aws:iam::123456789012:role/r';
const session = 'arn:aws:iam::123456789012:user/somebody';
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
// The SDK renews a session, identified by its name, at most once in half a minute.
let sessions = 0;

/** Writes a file into the home folder. */
function writeAtHome({ aws }: CredentialUse, { path, text }: { path: string; text: string }): string {
  const file = join(aws.folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function writeSsoToken(use: CredentialUse, token: Readonly<Record<string, string>>): string {
  sessions += 1;
  const id = `hung-${sessions}`;
  const path = `.aws/sso/cache/${createHash('sha1').update(id).digest('hex')}.json`;
  writeAtHome(use, { path, text: JSON.stringify({ accessToken: 'access', ...token }) });
  return id;
}

function ssoSections(id: string): Sections {
  return {
    'profile p': { sso_session: id, sso_account_id: '123456789012', sso_role_name: 'r', services: 'local' },
    [`sso-session ${id}`]: { sso_region: 'eu-west-1', sso_start_url: 'https://signpost.awsapps.com/start' },
  };
}

function writeLogin(use: CredentialUse): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const token = {
    accessToken: { ...alice, sessionToken: 't', accountId: '123456789012', expiresAt: inSeconds(-60) },
    tokenType: 'aws_sigv4',
    clientId: 'arn:aws:signin:::devtools/same-device',
    refreshToken: 'refresh',
    idToken: 'id',
    dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
  };
  const path = `.aws/login/cache/${createHash('sha256').update(session).digest('hex')}.json`;
  writeAtHome(use, { path, text: JSON.stringify(token) });
}

const registration = { clientId: 'client', clientSecret: 'secret', refreshToken: 'refresh' };

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
      web_identity_token_file: writeAtHome(use, { path: 'token', text: 'a.b.c' }),
      services: 'local',
    },
  }),
  'SSO, at its portal': (use) => ssoSections(writeSsoToken(use, { expiresAt: inSeconds(3600) })),
  'SSO, where its token is renewed': (use) =>
    ssoSections(writeSsoToken(use, { expiresAt: inSeconds(-60), ...registration })),
  'aws login': (use) => {
    writeLogin(use);
    return { 'profile p': { login_session: session, services: 'local' } };
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
    const connection = await use.connect(source, { limits: { hostMs: 60_000 } });
    return { server, connection };
  };
}
