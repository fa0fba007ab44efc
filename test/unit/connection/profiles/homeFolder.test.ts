import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { awsFilePaths } from '../../../../src/core/connection/profiles/homeFolder.js';
import type { Environment } from '../../../../src/core/connection/environment.js';

const usual = (home: string) => ({
  config: join(home, '.aws', 'config'),
  credentials: join(home, '.aws', 'credentials'),
});

const rows: readonly (readonly [string, Environment, ReturnType<typeof usual>])[] = [
  ['HOME', { HOME: '/home/me' }, usual('/home/me')],
  ['USERPROFILE', { USERPROFILE: '/users/me' }, usual('/users/me')],
  ['HOME before USERPROFILE', { HOME: '/home/me', USERPROFILE: '/users/me' }, usual('/home/me')],
  ['the home folder of the system', { HOME: '' }, usual(homedir())],
  [
    'the paths in the environment',
    { HOME: '/home/me', AWS_CONFIG_FILE: '/etc/aws', AWS_SHARED_CREDENTIALS_FILE: '~/keys' },
    { config: '/etc/aws', credentials: join('/home/me', 'keys') },
  ],
];

describe('awsFilePaths', () => {
  for (const [what, env, paths] of rows) {
    it(`uses ${what}`, () => {
      assert.deepEqual(awsFilePaths(env), paths);
    });
  }
});
