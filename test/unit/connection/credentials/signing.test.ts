import assert from 'node:assert/strict';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { connectStored } from '../../../../src/core/connection/storedConnection.js';
import { useCredentialSources, type Sections } from '../../support/credentialSources.js';
import { alice } from '../../../support/identities.js';
import { keySettings } from '../../../support/awsSettings.js';

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const at = (endpoint_url: string) => ({ endpoint_url });
const sso = { sso_session: 'work', sso_account_id: '1', sso_role_name: 'r' };
const startUrl = 'https://signpost.awsapps.com/start';

interface Row {
  readonly what: string;
  readonly sections: Sections;
  readonly steps: readonly string[];
  readonly endpoints?: readonly string[];
  readonly signIn?: string;
}

const rows: readonly Row[] = [
  { what: 'keys', sections: { 'profile p': keySettings(alice) }, steps: ['keys of profile p'] },
  {
    what: 'a role with keys in the same profile',
    sections: { 'profile p': { ...keySettings(alice), role_arn: arn('r'), source_profile: 'p' } },
    steps: [`role ${arn('r')}`, 'keys of profile p'],
  },
  {
    what: 'a role based on a role based on SSO, with different services',
    sections: {
      'profile p': { role_arn: arn('outer'), source_profile: 'q', services: 'a' },
      'profile q': { role_arn: arn('inner'), source_profile: 's', ...at('http://inner.test') },
      'profile s': { ...sso, services: 'b' },
      'services a': { sts: at('http://outer.test'), s3: at('http://s3.test') },
      'services b': { sso: at('http://portal.test'), sso_oidc: at('http://oidc.test') },
    },
    steps: [`role ${arn('outer')}`, `role ${arn('inner')}`, 'SSO session work'],
    endpoints: ['http://outer.test', 'http://inner.test', 'http://portal.test', 'http://oidc.test'],
    signIn: 's',
  },
  {
    what: 'a role based on the keys of a profile with another role',
    sections: {
      'profile p': { role_arn: arn('r'), source_profile: 'both' },
      'profile both': { ...keySettings(alice), role_arn: arn('x'), ...at('http://unused.test') },
    },
    steps: [`role ${arn('r')}`, 'keys of profile both'],
  },
  {
    what: 'roles that refer to each other',
    sections: {
      'profile p': { role_arn: arn('r'), source_profile: 'q' },
      'profile q': { role_arn: arn('s'), source_profile: 'p' },
    },
    steps: [`role ${arn('r')}`, `role ${arn('s')}`],
  },
  {
    what: 'a role of the instance',
    sections: { 'profile p': { role_arn: arn('r'), credential_source: 'Ec2InstanceMetadata' } },
    steps: [`role ${arn('r')}`, 'instance credentials'],
  },
  {
    what: 'a web identity',
    sections: {
      'profile p': { role_arn: arn('r'), web_identity_token_file: '/t', ...at('http://sts.test') },
    },
    steps: [`role ${arn('r')}, through web identity`],
    endpoints: ['http://sts.test'],
  },
  {
    what: 'the legacy SSO settings',
    sections: { 'profile p': { sso_start_url: startUrl, sso_region: 'eu-west-1' } },
    steps: [`SSO sign-in at ${startUrl}`],
    signIn: 'p',
  },
  {
    what: 'aws login',
    sections: { 'profile p': { login_session: 'arn:aws:iam::1:user/u', ...at('http://signin.test') } },
    steps: ['sign-in through aws login (arn:aws:iam::1:user/u)'],
    endpoints: ['http://signin.test'],
    signIn: 'p',
  },
  {
    what: 'credential_process, without its command line',
    sections: { 'profile p': { credential_process: '/bin/echo secret', ...at('http://x.test') } },
    steps: ['credential_process of profile p'],
  },
  { what: 'nothing', sections: { 'profile p': { region: 'r' } }, steps: [] },
];

describe('how a connection signs', () => {
  const use = useCredentialSources();

  for (const { what, sections, steps, endpoints = [], signIn } of rows) {
    it(what, async () => {
      use.configure(sections);
      const { signing } = await use.connect();
      assert.deepEqual(signing.steps.map(formatMessage), steps);
      assert.deepEqual(signing.endpoints, endpoints);
      assert.equal(signing.signIn?.name, signIn);
    });
  }

  it('with keys from the editor', async () => {
    const stored = {
      id: '1',
      name: 'n',
      endpoint: 'http://s3.test',
      region: 'r',
      addressing: 'auto',
    } as const;
    const connection = await connectStored(stored, { env: {}, version: '0.0.0', keys: alice });
    assert.deepEqual(connection.signing.steps.map(formatMessage), ["keys in VS Code's secret storage"]);
    connection.dispose();
  });
});

describe('how the default chain signs', () => {
  const use = useCredentialSources();
  const ambient = async () => (await use.connect({ kind: 'environment' })).signing;

  it('with the profile in AWS_PROFILE, which may need a sign-in', async () => {
    use.configure({
      'profile p': { ...sso, services: 'a' },
      'services a': { sso: at('http://portal.test') },
    });
    const env = { AWS_PROFILE: 'p' };
    const { signing } = await use.connect({ kind: 'environment' }, { env });
    assert.deepEqual(signing.steps.map(formatMessage), ['SSO session work']);
    assert.deepEqual([signing.signIn?.name, signing.endpoints], ['p', ['http://portal.test']]);
  });

  it('with the default profile', async () => {
    use.configure({ default: sso });
    assert.equal((await ambient()).signIn?.name, 'default');
  });

  it('with keys from the environment before that, without a prompt', async () => {
    use.configure({ default: { ...sso, ...at('http://portal.test') } });
    use.aws.setEnvironment({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' });
    const { steps, endpoints, signIn } = await ambient();
    assert.deepEqual([steps.map(formatMessage), endpoints, signIn], [['environment keys'], [], undefined]);
  });

  it('with a web identity of the environment', async () => {
    use.configure({ default: at('http://sts.test') });
    use.aws.setEnvironment({ AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: arn('pod') });
    const { steps, endpoints } = await ambient();
    assert.deepEqual(steps.map(formatMessage), [`role ${arn('pod')}, through web identity`]);
    assert.deepEqual(endpoints, ['http://sts.test']);
  });

  it('with the container or the instance last', async () => {
    use.configure({ default: { region: 'r' } });
    assert.deepEqual((await ambient()).steps.map(formatMessage), ['instance credentials']);
    use.aws.setEnvironment({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' });
    assert.deepEqual((await ambient()).steps.map(formatMessage), ['container credentials']);
  });
});
