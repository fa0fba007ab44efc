import assert from 'node:assert/strict';
import type { Environment } from '../../../../src/core/connection/environment.js';
import type { ConnectionSource } from '../../../../src/core/connection/profiles/source.js';
import { digestUsedSettings } from '../../../../src/core/connection/profiles/usedSettings.js';
import { useAwsFiles } from '../../../support/awsFiles.js';

const config = [
  '[default]\nregion = us-east-1\n',
  '[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = middle\nservices = local\n',
  '[profile middle]\nrole_arn = arn:aws:iam::1:role/m\nsource_profile = sso\n',
  '[profile sso]\nsso_session = work\nsso_account_id = 1\nsso_role_name = r\n',
  '[sso-session work]\nsso_region = us-east-1\n',
  '[services local]\ns3 =\n  endpoint_url = http://localhost:9000\n',
  '[profile other]\nregion = us-east-1\nsource_profile = other\n',
].join('');
const profile = (name: string): ConnectionSource => ({ kind: 'profile', name });

/** An edit, a profile, and whether the edit affects it. */
const edits: readonly (readonly [what: string, from: string, to: string, name: string, counts: boolean])[] = [
  ['the profile', '[default]\nregion = us-east-1', '[default]\nregion = eu-west-1', 'default', true],
  ['another profile', '[default]\nregion = us-east-1', '[default]\nregion = eu-west-1', 'role', false],
  ['the source of the role', 'role/m', 'role/n', 'role', true],
  ['the source of that source', 'sso_account_id = 1', 'sso_account_id = 2', 'role', true],
  ['the SSO session of the source', 'sso_region = us-east-1', 'sso_region = eu-west-1', 'role', true],
  ['the services of the source', 'localhost:9000', 'localhost:9001', 'role', true],
  ['the services of another profile', 'localhost:9000', 'localhost:9001', 'sso', false],
  ['a role that uses the profile', 'role/m', 'role/n', 'sso', false],
  ['a comment', '[default]', '# hello\n[default]', 'default', false],
  ['the name of the profile', '[profile other]', '[profile another]', 'other', true],
];

describe('digestUsedSettings', () => {
  const aws = useAwsFiles();

  async function isChanged(
    source: ConnectionSource | undefined,
    edited: string,
    { env = {}, before = config }: { readonly env?: Environment; readonly before?: string } = {},
  ): Promise<boolean> {
    aws.write({ config: before });
    const digest = await digestUsedSettings(source, env);
    aws.write({ config: edited });
    return digest !== (await digestUsedSettings(source, env));
  }

  for (const [what, from, to, name, counts] of edits) {
    it(`an edit of ${what} ${counts ? 'is detected' : 'is ignored'} for ${name}`, async () => {
      assert.ok(config.includes(from));
      assert.equal(await isChanged(profile(name), config.replace(from, to)), counts);
    });
  }

  it('the environment depends on the profile that it names', async () => {
    const edited = config.replace('role/m', 'role/n');
    assert.equal(await isChanged({ kind: 'environment' }, edited, { env: { AWS_PROFILE: 'role' } }), true);
    assert.equal(await isChanged({ kind: 'environment' }, edited), false);
  });

  it('a connection does not depend on the files', async () => {
    assert.equal(await isChanged({ kind: 'connection', id: 'default' }, ''), false);
  });

  it('depends on whether there is any profile if there is no source', async () => {
    assert.equal(await isChanged(undefined, '[profile other]\nregion = r\n'), false);
    assert.equal(await isChanged(undefined, ''), true);
  });

  it('contains no secret', async () => {
    aws.write({ config: '[default]\naws_secret_access_key = sesame\n' });
    assert.match(await digestUsedSettings(profile('default'), {}), /^[A-Za-z0-9+/]{43}=$/);
  });
});
