import assert from 'node:assert/strict';
import type { Environment } from '../../../../src/core/connection/environment.js';
import type { AwsSource } from '../../../../src/core/connection/profiles/source.js';
import { defaultSource } from '../../../../src/core/connection/profiles/defaultSource.js';
import { useAwsFiles } from '../../../support/awsFiles.js';

const config = [
  '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n',
  '[profile dev]\ncredential_process = /bin/true\n',
  '[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = default\n',
  '[profile place]\nregion = eu-west-1\n',
].join('');
const keys = { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT', AWS_SECRET_ACCESS_KEY: 's' };
const token = { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::1:role/r' };
const environment: AwsSource = { kind: 'environment' };
const profile = (name: string): AwsSource => ({ kind: 'profile', name });

describe('defaultSource', () => {
  const aws = useAwsFiles();

  // The sources that `aws sts get-caller-identity` without --profile uses; the rows with keys were verified
  // with botocore 1.43.
  const rows: readonly (readonly [what: string, env: Environment, source: AwsSource])[] = [
    ['the default profile', {}, profile('default')],
    ['the profile that AWS_PROFILE names', { AWS_PROFILE: 'dev' }, profile('dev')],
    [
      'the profile that AWS_PROFILE names before AWS_DEFAULT_PROFILE',
      { AWS_DEFAULT_PROFILE: 'role', AWS_PROFILE: 'dev' },
      profile('dev'),
    ],
    ['environment keys before the default profile', keys, environment],
    ['environment keys before AWS_PROFILE', { ...keys, AWS_PROFILE: 'dev' }, environment],
    [
      'the default profile over an access key without a secret key',
      { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT' },
      profile('default'),
    ],
    ['a web identity of the environment before a profile', token, environment],
    ['the role of a profile before a web identity', { ...token, AWS_PROFILE: 'role' }, profile('role')],
    [
      'the profile that AWS_PROFILE names, even if it does not exist',
      { AWS_PROFILE: 'typo' },
      profile('typo'),
    ],
    ['the environment over a profile with only a region', { AWS_PROFILE: 'place' }, environment],
  ];
  for (const [what, env, source] of rows) {
    it(`chooses ${what}`, async () => {
      aws.write({ config });
      assert.deepEqual(await defaultSource(env), source);
    });
  }

  for (const variable of [
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ] as const) {
    it(`chooses a container's credentials if there is no profile: ${variable}`, async () => {
      assert.deepEqual(await defaultSource({ [variable]: '/credentials' }), environment);
    });
  }

  it('is undefined without a profile and without variables', async () => {
    assert.equal(await defaultSource({}), undefined);
  });
});
