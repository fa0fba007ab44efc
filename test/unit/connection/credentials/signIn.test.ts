import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadAwsFiles } from '../../../../src/core/connection/profiles/profiles.js';
import { signInOf } from '../../../../src/core/connection/credentials/signIn.js';
import { useAwsFiles } from '../../../support/awsFiles.js';
import { must } from '../../../support/values.js';

// Computed with sha1sum and sha256sum: the CLI names its files by the session, the start URL or the ARN.
const sessionFile = 'e274eeff768c6396088ec6eb091f4bf4d47ab1e0.json';
const startUrlFile = '3947de8b16688092197fa616c34e01335f21d256.json';
const loginFile = '67fcf3f2fd37910c1381354667b2fb8dd4682d8b3c07f8b0cc637999d065e74d.json';

describe('signInOf', () => {
  const aws = useAwsFiles();

  async function signIn(lines: readonly string[], env: Record<string, string> = {}) {
    aws.write({ config: `[profile p]\n${lines.join('\n')}\n[sso-session work]\nsso_region = us-east-1\n` });
    return signInOf(must((await loadAwsFiles()).profiles.get('p')), env);
  }

  it('of an SSO session is "aws sso login" for the profile', async () => {
    const { args, tokenFile } = must(await signIn(['sso_session = work', 'sso_account_id = 1']));
    assert.deepEqual(args, ['sso', 'login', '--profile', 'p']);
    assert.ok(tokenFile.endsWith(join('.aws', 'sso', 'cache', sessionFile)));
  });

  it('of the legacy settings is the same, with its own file', async () => {
    const old = must(await signIn(['sso_start_url = https://x.awsapps.com/start', 'sso_region = us-east-1']));
    assert.deepEqual(old.args, ['sso', 'login', '--profile', 'p']);
    assert.ok(old.tokenFile.endsWith(join('.aws', 'sso', 'cache', startUrlFile)));
  });

  it('of a login session is "aws login", with its file in the folder that the environment names', async () => {
    const lines = ['login_session = arn:aws:iam::1:user/u'];
    const { args, tokenFile } = must(await signIn(lines, { AWS_LOGIN_CACHE_DIRECTORY: aws.folder }));
    assert.deepEqual(args, ['login', '--profile', 'p']);
    assert.equal(tokenFile, join(aws.folder, loginFile));
    assert.ok(must(await signIn(lines)).tokenFile.endsWith(join('.aws', 'login', 'cache', loginFile)));
  });

  it('does not pass a name that begins with a dash as an option', async () => {
    aws.write({ credentials: '[-p]\nlogin_session = arn\n' });
    const profile = must((await loadAwsFiles()).profiles.get('-p'));
    assert.deepEqual(must(signInOf(profile, {})).args, ['login', '--profile=-p']);
  });

  for (const lines of [['aws_access_key_id = AKIA'], ['credential_process = /bin/true'], ['region = r']]) {
    it(`is not needed with ${lines.join('')}`, async () => {
      assert.equal(await signIn(lines), undefined);
    });
  }
});
