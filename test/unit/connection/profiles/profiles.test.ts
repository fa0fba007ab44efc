import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { nonEmpty } from '../../../../src/core/connection/environment.js';
import {
  defaultProfileName,
  loadAwsFiles,
  type ProfileKind,
} from '../../../../src/core/connection/profiles/profiles.js';
import { useAwsFiles } from '../../../support/awsFiles.js';
import { must } from '../../../support/values.js';

const kinds: readonly (readonly [kind: ProfileKind, settings: readonly string[]])[] = [
  ['keys', ['aws_access_key_id = AKIA', 'aws_secret_access_key = s']],
  ['keys', ['aws_access_key_id = ASIA', 'aws_secret_access_key = s', 'aws_session_token = t']],
  ['role', ['role_arn = arn:aws:iam::1:role/r', 'source_profile = base']],
  ['role', ['role_arn = arn:aws:iam::1:role/r', 'credential_source = Environment']],
  ['role', ['role_arn = arn:aws:iam::1:role/r', 'source_profile = base', 'aws_access_key_id = AKIA']],
  ['webIdentity', ['role_arn = arn:aws:iam::1:role/r', 'web_identity_token_file = /t']],
  ['process', ['credential_process = /bin/true']],
  ['sso', ['sso_session = work', 'sso_account_id = 1', 'sso_role_name = r']],
  ['sso', ['sso_start_url = https://x.awsapps.com/start', 'sso_region = us-east-1']],
  // As in botocore 1.43: a sign-in takes precedence over keys that a program left next to it.
  ['sso', ['sso_session = work', 'sso_account_id = 1', 'sso_role_name = r', 'aws_access_key_id = AKIA']],
  ['keys', ['sso_session = tokens-only', 'aws_access_key_id = AKIA', 'aws_secret_access_key = s']],
  ['login', ['login_session = arn:aws:iam::1:user/u']],
  ['none', ['region = eu-west-1']],
];

describe('loadAwsFiles: the kind of a profile', () => {
  const aws = useAwsFiles();

  for (const [kind, settings] of kinds) {
    it(`${kind}: ${settings.join(', ')}`, async () => {
      aws.write({ config: ['[profile p]', ...settings, ''].join('\n') });
      const { profiles } = await loadAwsFiles();
      assert.equal(must(profiles.get('p')).kind, kind);
      assert.equal(must(profiles.get('p')).name, 'p');
    });
  }
});

describe('loadAwsFiles: the names of profiles', () => {
  const aws = useAwsFiles();
  const names = async () => [...(await loadAwsFiles()).profiles.keys()].sort();

  it('none without the files', async () => {
    assert.deepEqual(await names(), []);
  });

  it('none in empty files', async () => {
    aws.write({ config: '', credentials: '\n# nothing\n' });
    assert.deepEqual(await names(), []);
  });

  it('those of both files, each once', async () => {
    aws.write({
      config: '[default]\nregion = a\n[profile dev]\nregion = b\n[profile both]\nregion = c\n',
      credentials: '[both]\naws_access_key_id = x\n[only-keys]\naws_access_key_id = y\n',
    });
    assert.deepEqual(await names(), ['both', 'default', 'dev', 'only-keys']);
  });

  it('none from other sections: sessions and services', async () => {
    aws.write({
      config:
        '[profile dev]\nregion = b\n[sso-session work]\nsso_region = a\n[services local]\ns3 =\n  endpoint_url = http://h\n',
    });
    const { profiles, services } = await loadAwsFiles();
    assert.deepEqual([...profiles.keys()], ['dev']);
    assert.deepEqual([...services.keys()], ['local']);
    assert.equal(must(services.get('local'))['s3.endpoint_url'], 'http://h');
  });

  it('names with dots, at signs and beyond ASCII', async () => {
    const odd = ['a.b', 'me@work', 'caf\u00e9', 'a/b', 'a:b'];
    aws.write({ credentials: odd.map((name) => `[${name}]\naws_access_key_id = ${name}\n`).join('') });
    const { profiles } = await loadAwsFiles();
    assert.deepEqual([...profiles.keys()].sort(), odd.toSorted());
    for (const name of odd) assert.equal(must(profiles.get(name)).settings.aws_access_key_id, name);
  });
});

/** The names the AWS CLI lists, verified with botocore 1.43. */
const written: readonly (readonly ['config' | 'credentials', string, string])[] = [
  ['config', '[profile "my profile"]', 'my profile'],
  ['config', "[profile 'my profile']", 'my profile'],
  ['config', '[profile Acme(Prod)]', 'Acme(Prod)'],
  ['config', '[profile caf\u00e9]', 'caf\u00e9'],
  ['config', '[profile a,b]', 'a,b'],
  ['config', '[profile $(x);]', '$(x);'],
  ['config', '[profile   wide]', 'wide'],
  ['config', '  [profile indented] # said of it', 'indented'],
  ['config', '[profile "plain"]', 'plain'],
  ['config', '[profile __proto__]', '__proto__'],
  ['credentials', '[my profile]', 'my profile'],
  ['credentials', '[profile dev]', 'profile dev'],
  ['credentials', '[__proto__]', '__proto__'],
];

describe('loadAwsFiles: a name that the SDK does not recognize', () => {
  const aws = useAwsFiles();

  for (const [file, header, name] of written) {
    it(`${header} in the ${file} file`, async () => {
      const next = file === 'config' ? '[profile next]' : '[next]';
      aws.write({ [file]: `${header}\nregion = r\n${next}\nregion = n\n` });
      const { profiles } = await loadAwsFiles();
      assert.deepEqual([...profiles.keys()], [name, 'next']);
      const profile = must(profiles.get(name));
      assert.deepEqual([profile.name, profile.settings.region], [name, 'r']);
    });
  }

  it('of services and of a session', async () => {
    aws.write({
      config: '[services "my own"]\ns3 =\n  endpoint_url = e\n[sso-session "my own"]\nsso_region = r\n',
    });
    const { profiles, services, ssoSessions } = await loadAwsFiles();
    assert.equal(profiles.size, 0);
    assert.equal(must(services.get('my own'))['s3.endpoint_url'], 'e');
    assert.equal(must(ssoSessions.get('my own')).sso_region, 'r');
  });

  it('is the same profile in both files', async () => {
    aws.write({
      config: '[profile "my profile"]\nregion = r\n',
      credentials: '[my profile]\nAWS_ACCESS_KEY_ID = A\n',
    });
    const { profiles } = await loadAwsFiles();
    assert.deepEqual([...profiles.keys()], ['my profile']);
    assert.deepEqual(
      { ...must(profiles.get('my profile')).settings },
      { region: 'r', aws_access_key_id: 'A' },
    );
  });
});

describe('loadAwsFiles: the settings of a profile', () => {
  const aws = useAwsFiles();

  it('are merged from both files, and the keys of the credentials file win', async () => {
    aws.write({
      config: '[profile dev]\nregion = eu-west-1\naws_access_key_id = fromConfig\n',
      credentials: '[dev]\naws_access_key_id = fromCredentials\n',
    });
    const dev = must((await loadAwsFiles()).profiles.get('dev'));
    assert.equal(dev.kind, 'keys');
    assert.deepEqual({ ...dev.settings }, { region: 'eu-west-1', aws_access_key_id: 'fromCredentials' });
  });

  for (const order of ['first', 'last']) {
    it(`[profile default] takes precedence over [default], placed ${order}`, async () => {
      const [plain, prefixed] = ['[default]\nregion = plain\n', '[profile default]\nregion = prefixed\n'];
      aws.write({ config: order === 'first' ? prefixed + plain : plain + prefixed });
      assert.equal(must((await loadAwsFiles()).profiles.get('default')).settings.region, 'prefixed');
    });
  }

  it('are read again after the file has been edited, and after it is gone', async () => {
    aws.write({ config: '[profile dev]\nregion = one\n' });
    assert.equal(must((await loadAwsFiles()).profiles.get('dev')).settings.region, 'one');
    aws.write({ config: '[profile dev]\nregion = two\n' });
    assert.equal(must((await loadAwsFiles()).profiles.get('dev')).settings.region, 'two');
    aws.write({});
    assert.equal((await loadAwsFiles()).profiles.size, 0);
  });

  it('include those of nested blocks, joined with a dot', async () => {
    aws.write({ config: '[profile dev]\ns3 =\n  addressing_style = path\nregion = r\n' });
    const { settings } = must((await loadAwsFiles()).profiles.get('dev'));
    assert.equal(settings['s3.addressing_style'], 'path');
    assert.equal(settings.region, 'r');
  });
});

const hostileNames = [
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'prototype',
];

describe('loadAwsFiles: a profile with the name of a property', () => {
  const aws = useAwsFiles();

  for (const name of hostileNames) {
    it(`${name} is a profile like any other in the config file`, async () => {
      aws.write({ config: `[profile ${name}]\nregion = r-1\n` });
      const { profiles } = await loadAwsFiles();
      assert.deepEqual([...profiles.keys()], [name]);
      assert.equal(must(profiles.get(name)).settings.region, 'r-1');
    });

    it(`${name} is not a profile if the files do not define it`, async () => {
      aws.write({ config: '[profile dev]\nregion = r-1\n' });
      const { profiles, services } = await loadAwsFiles();
      assert.equal(profiles.get(name), undefined);
      assert.equal(services.get(name), undefined);
    });

    it(`${name} in the credentials file does not affect another profile`, async () => {
      aws.write({ credentials: `[${name}]\nregion = r-1\n[dev]\nregion = r-2\n` });
      const { profiles } = await loadAwsFiles();
      assert.deepEqual({ ...must(profiles.get('dev')).settings }, { region: 'r-2' });
    });
  }
});

describe('loadAwsFiles: damaged files', () => {
  const aws = useAwsFiles();

  it('invalid lines are ignored without affecting others', async () => {
    aws.write({ config: 'stray\n[profile dev]\nregion = r-1\nno equals sign\n= no name\n[unclosed\n' });
    const { profiles } = await loadAwsFiles();
    assert.deepEqual([...profiles.keys()], ['dev']);
    assert.equal(must(profiles.get('dev')).settings.region, 'r-1');
  });

  it('Windows line endings are not part of a setting', async () => {
    aws.write({ config: '[profile dev]\r\nregion = r-1\r\n' });
    assert.equal(must((await loadAwsFiles()).profiles.get('dev')).settings.region, 'r-1');
  });

  it('a folder in place of the file counts as an empty file', async () => {
    aws.write({ config: '[profile dev]\nregion = r-1\n' });
    mkdirSync(must(process.env.AWS_SHARED_CREDENTIALS_FILE));
    assert.deepEqual([...(await loadAwsFiles()).profiles.keys()], ['dev']);
  });
});

describe('defaultProfileName', () => {
  const rows: readonly (readonly [env: Record<string, string>, name: string])[] = [
    [{}, 'default'],
    [{ AWS_PROFILE: 'dev' }, 'dev'],
    [{ AWS_PROFILE: '' }, 'default'],
    [{ AWS_PROFILE: ' dev ' }, 'dev'],
    [{ AWS_DEFAULT_PROFILE: 'other' }, 'other'],
    [{ AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'other' }, 'dev'],
  ];
  for (const [env, name] of rows) {
    it(`${JSON.stringify(env)} -> ${name}`, () => {
      assert.equal(defaultProfileName(env), name);
    });
  }
});

describe('nonEmpty', () => {
  for (const value of [undefined, '', ' ', '\t\n']) {
    it(`treats ${JSON.stringify(value)} as absent`, () => {
      assert.equal(nonEmpty(value), undefined);
    });
  }

  it('trims what is there', () => {
    assert.equal(nonEmpty(' a b '), 'a b');
  });
});
