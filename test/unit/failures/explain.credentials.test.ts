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
    what: 'an access key without a secret key',
    lines: ['aws_access_key_id = AKIAHALF00000000TEST'],
    expected: { text: /needs both aws_access_key_id and aws_secret_access_key/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a role whose source profile does not exist',
    lines: [role, 'source_profile = missing'],
    expected: { text: /profile "missing", which does not exist/, remedy: 'openAwsConfig' },
  },
  {
    what: 'roles that refer to each other',
    lines: [role, 'source_profile = q', '[profile q]', role, 'source_profile = p'],
    expected: { text: /refers back to itself/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a role with an unknown credential_source',
    lines: [role, 'credential_source = Nowhere'],
    expected: { text: /no source_profile and no valid credential_source/, remedy: 'openAwsConfig' },
  },
  {
    what: 'an SSO session without a sign-in',
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
    what: 'the legacy SSO settings without a sign-in',
    lines: ['sso_start_url = https://signpost.awsapps.com/start', 'sso_region = us-east-1', ...sso],
    expected: signIn,
  },
  {
    what: 'an SSO session that does not exist',
    lines: ['sso_session = missing', ...sso],
    expected: { text: /the sso-session "missing", which does not exist/, remedy: 'openAwsConfig' },
  },
  {
    what: 'a token file that does not exist',
    lines: [role, 'web_identity_token_file = /missing/token'],
    expected: { text: /^The web identity token file of profile "p" cannot be read/, remedy: 'selectProfile' },
  },
  {
    what: 'aws login without a sign-in',
    lines: ['login_session = arn:aws:iam::123456789012:user/u', 'region = us-east-1'],
    expected: signIn,
  },
  {
    what: 'a credential_process that fails',
    lines: [`credential_process = /bin/sh -c "echo ${secret} >&2; exit 3"`],
    expected: { text: /^The credential_process of profile "p" failed/, remedy: 'selectProfile' },
  },
  {
    what: 'a credential_process that does not exist',
    lines: [`credential_process = /missing/program --token ${secret}`],
    expected: { text: /^The credential_process of profile "p" failed/, remedy: 'selectProfile' },
  },
  {
    what: 'a credential_process that prints something else',
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

  it('an environment without credentials', async () => {
    use.aws.write({});
    const env = { AWS_ENDPOINT_URL: use.server.endpoint };
    const connection = await connect({ kind: 'environment' }, { env, version: '0.0.0' });
    assertExplained(await rejection(listBuckets(connection)), none);
    connection.dispose();
  });
});
