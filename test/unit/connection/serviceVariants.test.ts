import assert from 'node:assert/strict';
import { signLink } from '../../../src/core/links/sign.js';
import { connect } from '../../../src/core/connection/connect.js';
import { EndpointError } from '../../../src/core/connection/stores/endpoint.js';
import type { Environment } from '../../../src/core/connection/environment.js';
import { useAwsFiles, type TemporaryAwsFiles } from '../../support/awsFiles.js';
import { rejection } from '../../support/values.js';
import { takeApart } from '../../support/verifier.js';

const keys = ['aws_access_key_id = AKIA', 'aws_secret_access_key = s', 'region = eu-west-1'];

interface Row {
  readonly config?: readonly string[];
  readonly env?: Environment;
}

/**
 * The host and path of a link of the profile `p`. Sends nothing: the region is known, and signing is local.
 */
async function address(aws: TemporaryAwsFiles, { config = [], env = {} }: Row): Promise<string> {
  const everything = [
    'use_fips_endpoint = true',
    'use_dualstack_endpoint = true',
    's3 =',
    '  use_accelerate_endpoint = true',
  ];
  const other = ['endpoint_url = http://other.test', 's3 =', '  addressing_style = path'];
  const sections = [
    ['[default]', ...keys, ...other],
    ['[profile loud]', ...keys, ...everything],
    ['[profile p]', ...keys, ...config],
  ];
  aws.write({ config: sections.flat().join('\n') + '\n' });
  const connection = await connect({ kind: 'profile', name: 'p' }, { env, version: '0.0.0' });
  connection.rememberRegion('docs', 'eu-west-1');
  const request = { kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;
  const { host, path } = takeApart((await signLink(connection, request, { now: new Date() })).url);
  connection.dispose();
  return host + path;
}

const s3 = (...lines: readonly string[]) => ['s3 =', ...lines.map((line) => `  ${line}`)];
const fips = 'use_fips_endpoint = true';
const dualstack = 'use_dualstack_endpoint = true';
const accelerate = 'use_accelerate_endpoint = true';
const endpoint = 'endpoint_url = https://store.test';

// Each address is the one that botocore 1.43 signs for the same lines.
const rows: readonly (readonly [what: string, row: Row, expected: string])[] = [
  ['nothing', {}, 'docs.s3.eu-west-1.amazonaws.com/a'],
  ['use_fips_endpoint', { config: [fips] }, 'docs.s3-fips.eu-west-1.amazonaws.com/a'],
  [
    'use_fips_endpoint in another notation',
    { config: ['use_fips_endpoint = TRUE'] },
    'docs.s3-fips.eu-west-1.amazonaws.com/a',
  ],
  ['use_fips_endpoint = 1', { config: ['use_fips_endpoint = 1'] }, 'docs.s3.eu-west-1.amazonaws.com/a'],
  [
    'AWS_USE_FIPS_ENDPOINT',
    { env: { AWS_USE_FIPS_ENDPOINT: 'true' } },
    'docs.s3-fips.eu-west-1.amazonaws.com/a',
  ],
  [
    'AWS_USE_FIPS_ENDPOINT=false before the profile',
    { config: [fips], env: { AWS_USE_FIPS_ENDPOINT: 'false' } },
    'docs.s3.eu-west-1.amazonaws.com/a',
  ],
  ['use_dualstack_endpoint', { config: [dualstack] }, 'docs.s3.dualstack.eu-west-1.amazonaws.com/a'],
  [
    'AWS_USE_DUALSTACK_ENDPOINT',
    { env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' } },
    'docs.s3.dualstack.eu-west-1.amazonaws.com/a',
  ],
  ['s3.use_dualstack_endpoint', { config: s3(dualstack) }, 'docs.s3.dualstack.eu-west-1.amazonaws.com/a'],
  ['FIPS and dual-stack', { config: [fips, dualstack] }, 'docs.s3-fips.dualstack.eu-west-1.amazonaws.com/a'],
  ['s3.use_accelerate_endpoint', { config: s3(accelerate) }, 'docs.s3-accelerate.amazonaws.com/a'],
  [
    'acceleration and dual-stack',
    { config: [dualstack, ...s3(accelerate)] },
    'docs.s3-accelerate.dualstack.amazonaws.com/a',
  ],
  [
    'acceleration before path style',
    { config: s3(accelerate, 'addressing_style = path') },
    'docs.s3-accelerate.amazonaws.com/a',
  ],
  ['path style', { config: s3('addressing_style = path') }, 's3.eu-west-1.amazonaws.com/docs/a'],
  ['an endpoint before FIPS', { config: [endpoint, fips] }, 'store.test/docs/a'],
  ['an endpoint before dual-stack', { config: [endpoint, dualstack] }, 'store.test/docs/a'],
  [
    'an endpoint, virtual-hosted',
    { config: [endpoint, ...s3('addressing_style = virtual')] },
    'docs.store.test/a',
  ],
];

describe('the host of a link follows the profile, as in the AWS CLI', () => {
  const aws = useAwsFiles();

  for (const [what, row, expected] of rows) {
    it(`${what}: ${expected}`, async () => {
      assert.equal(await address(aws, row), expected);
    });
  }

  for (const ambient of ['default', 'loud']) {
    it(`ignores AWS_PROFILE if another profile is selected: ${ambient}`, async () => {
      aws.setEnvironment({ AWS_PROFILE: ambient });
      assert.equal(
        await address(aws, { env: { AWS_PROFILE: ambient } }),
        'docs.s3.eu-west-1.amazonaws.com/a',
      );
    });
  }

  it('ignores the variables of the process if the connection has its own', async () => {
    aws.setEnvironment({
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_REGION: 'ap-south-1',
    });
    assert.equal(await address(aws, {}), 'docs.s3.eu-west-1.amazonaws.com/a');
  });
});

describe('settings that exclude acceleration are named', () => {
  const aws = useAwsFiles();

  for (const [what, line] of [
    ['an endpoint', endpoint],
    ['FIPS', fips],
  ] as const) {
    it(what, async () => {
      const error = await rejection(address(aws, { config: [line, ...s3(accelerate)] }));
      assert.ok(error instanceof EndpointError);
      assert.match(error.message, /"p".*acceleration.*cannot be combined/);
    });
  }
});
