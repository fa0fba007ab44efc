import { listBuckets } from '../../../src/core/storage/buckets.js';
import { connect } from '../../../src/core/connection/connect.js';
import { assertExplained, type Expected } from '../support/explanations.js';
import { useServer } from '../../support/server.js';
import { rejection } from '../../support/values.js';

const none = { text: /^No usable credentials were found/, remedy: 'selectProfile' } as const;
const signIn = {
  text: /^Profile "p" is not signed in, or its sign-in has expired/,
  remedy: 'signIn',
} as const;
const secret = 'kept-in-the-command-line';

interface Row {
  readonly what: string;
  /** The lines of the profile `p` and of the sections after it. */
  readonly lines: readonly string[];
  readonly expected: Expected;
}

const sso = ['sso_account_id = 123456789012', 'sso_role_name = r'];
const role = 'role_arn = arn:aws:iam::123456789012:role/r';

const rows: readonly Row[] = [
  {
    what: 'no credentials',
    lines: ['region = us-east-1'],
    expected: { text: /^Profile "p" has no credentials/, remedy: 'openAwsConfig' },
  },
  {
    what: 'half of a key pair',
    lines: ['aws_access_key_id = AKIAHALF00000000TEST'],
    expected: { text: /needs both aws_access_key_id and aws_secret_access_key/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a role whose source is missing',
    lines: [role, 'source_profile = missing'],
    expected: { text: /profile "missing", which does not exist/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a role that is its own source by a detour',
    lines: [role, 'source_profile = q', '[profile q]', role, 'source_profile = p'],
    expected: { text: /refers back to itself/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a role from a source that is unknown',
    lines: [role, 'credential_source = Nowhere'],
    expected: { text: /no source_profile and no valid credential_source/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a session nobody has signed in to',
    lines: [
      'sso_session = work',
      ...sso,
      '[sso-session work]',
      'sso_region = us-east-1',
      'sso_start_url = https://signpost.awsapps.com/start',
    ],
    expected: signIn,
  },
  {
    what: 'a session of the old form nobody has signed in to',
    lines: ['sso_start_url = https://signpost.awsapps.com/start', 'sso_region = us-east-1', ...sso],
    expected: signIn,
  },
  {
    what: 'a session that is not in the file',
    lines: ['sso_session = missing', ...sso],
    expected: { text: /the sso-session "missing", which does not exist/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a token file that is not there',
    lines: [role, 'web_identity_token_file = /missing/token'],
    expected: { text: /^The web identity token file of profile "p" cannot be read/, remedy: 'selectProfile' },
  },
  {
    what: 'a login nobody has made',
    lines: ['login_session = arn:aws:iam::123456789012:user/u', 'region = us-east-1'],
    expected: signIn,
  },
  {
    what: 'a program that fails',
    lines: [`credential_process = /bin/sh -c "echo ${secret} >&2; exit 3"`],
    expected: { text: /^The credential_process of profile "p" failed/, remedy: 'selectProfile' },
  },
  {
    what: 'a program that is not there',
    lines: [`credential_process = /missing/program --token ${secret}`],
    expected: { text: /^The credential_process of profile "p" failed/, remedy: 'selectProfile' },
  },
  {
    what: 'a program that gives something else',
    lines: [`credential_process = /bin/echo ${secret}`],
    expected: { text: /did not print credentials/, remedy: 'selectProfile' },
  },
];

describe('explain: a profile without usable credentials', () => {
  const use = useServer();

  for (const { what, lines, expected } of rows) {
    it(what, async () => {
      const config = ['[profile p]', `endpoint_url = ${use.server.endpoint}`, ...lines, ''].join('\n');
      use.aws.write({ config });
      use.aws.setEnvironment({ HOME: use.aws.folder });
      assertExplained(await rejection(listBuckets(await use.connect('p'))), expected, [secret]);
    });
  }

  it('a profile that no file defines', async () => {
    assertExplained(await rejection(use.connect('nobody')), {
      text: /^Profile "nobody" does not exist/,
      remedy: 'selectProfile',
    });
  });

  it('an endpoint that is not a URL', async () => {
    use.aws.write({ config: `[profile p]\nendpoint_url = nonsense\n` });
    assertExplained(await rejection(use.connect('p')), {
      text: /^The endpoint "nonsense" is not a URL/,
      remedy: 'openAwsConfig',
    });
  });

  it('incomplete keys from a sign-in, with the message of the SDK', () => {
    const error = new Error('SSO returns an invalid temporary credential.');
    assertExplained(Object.assign(error, { name: 'CredentialsProviderError' }), {
      text: /^No usable credentials were found for this profile/,
      remedy: 'selectProfile',
    });
  });

  it('nothing in the environment', async () => {
    use.aws.write({});
    const env = { AWS_ENDPOINT_URL: use.server.endpoint };
    const connection = await connect({ kind: 'environment' }, { env, version: '0.0.0' });
    assertExplained(await rejection(listBuckets(connection)), none);
    connection.dispose();
  });
});
