import assert from 'node:assert/strict';
import { EndpointError } from '../../../src/core/connection/stores/endpoint.js';
import type { Addressing } from '../../../src/core/connection/stores/stores.js';
import { loadAwsFiles } from '../../../src/core/connection/profiles/profiles.js';
import {
  resolveServiceSettings,
  type ServiceSettings,
} from '../../../src/core/connection/serviceSettings.js';
import { useAwsFiles } from '../../support/awsFiles.js';

const services = '[services local]\ns3 =\n  endpoint_url = http://services.test\n';

interface Row {
  readonly config?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly addressing?: Addressing;
}

/** The settings of the profile `p` with these lines, next to other profiles that must not matter. */
async function resolve(
  { config = [], env = {}, addressing }: Row,
  aws: ReturnType<typeof useAwsFiles>,
): Promise<ServiceSettings> {
  const others =
    '[default]\nregion = other-1\nendpoint_url = http://other.test\n[profile q]\nendpoint_url = http://q.test\n';
  aws.write({ config: `${others}[profile p]\nuser = x\n${config.join('\n')}\n${services}` });
  const files = await loadAwsFiles();
  return resolveServiceSettings(files.profiles.get('p'), { services: files.services, env, addressing });
}

const general = 'endpoint_url = http://general.test';
const own = 'services = local';
const endpoints: readonly (readonly [what: string, row: Row, expected: string | undefined])[] = [
  ['nothing', {}, undefined],
  ['the profile in AWS_PROFILE is ignored', { env: { AWS_PROFILE: 'q' } }, undefined],
  ['the profile', { config: [general] }, 'http://general.test'],
  ['the services section', { config: [own] }, 'http://services.test'],
  ['the services section before the profile', { config: [general, own] }, 'http://services.test'],
  [
    'a variable before a missing services section',
    { config: ['services = missing'], env: { AWS_ENDPOINT_URL: 'http://env.test' } },
    'http://env.test',
  ],
  [
    'AWS_ENDPOINT_URL before the profile',
    { config: [own], env: { AWS_ENDPOINT_URL: 'http://env.test' } },
    'http://env.test',
  ],
  [
    'AWS_ENDPOINT_URL_S3 before AWS_ENDPOINT_URL',
    { config: [own], env: { AWS_ENDPOINT_URL: 'http://env.test', AWS_ENDPOINT_URL_S3: 'http://s3.test' } },
    'http://s3.test',
  ],
  [
    'empty variables',
    { config: [general], env: { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_S3: ' ' } },
    'http://general.test',
  ],
  ['ignored by the profile', { config: [general, 'ignore_configured_endpoint_urls = true'] }, undefined],
  [
    'ignored by the environment',
    { config: [general], env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE' } },
    undefined,
  ],
  [
    'ignored by the profile but not by the environment',
    {
      config: [general, 'ignore_configured_endpoint_urls = true'],
      env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
    },
    'http://general.test',
  ],
  [
    'the variables are ignored too',
    { env: { AWS_ENDPOINT_URL_S3: 'http://s3.test', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
    undefined,
  ],
  [
    'trailing slashes',
    { config: ['endpoint_url = http://general.test:9000///'] },
    'http://general.test:9000',
  ],
  ['a path', { config: ['endpoint_url = https://general.test/s3/'] }, 'https://general.test/s3'],
];

describe('resolveServiceSettings: the endpoint', () => {
  const aws = useAwsFiles();

  for (const [what, row, expected] of endpoints) {
    it(`${what}: ${expected ?? 'AWS itself'}`, async () => {
      assert.equal((await resolve(row, aws)).endpoint, expected);
    });
  }
});

const regions: readonly (readonly [what: string, row: Row, expected: string])[] = [
  ['nothing', {}, 'us-east-1'],
  ['the profile', { config: ['region = p-1'] }, 'p-1'],
  [
    'AWS_DEFAULT_REGION before the profile',
    { config: ['region = p-1'], env: { AWS_DEFAULT_REGION: 'd-1' } },
    'd-1',
  ],
  ['AWS_REGION before AWS_DEFAULT_REGION', { env: { AWS_DEFAULT_REGION: 'd-1', AWS_REGION: 'r-1' } }, 'r-1'],
  ['empty variables', { config: ['region = p-1'], env: { AWS_DEFAULT_REGION: '', AWS_REGION: '' } }, 'p-1'],
];

describe('resolveServiceSettings: a missing services section', () => {
  const aws = useAwsFiles();

  it('is reported, as the keys of one store would be sent to another', async () => {
    await assert.rejects(
      resolve({ config: [general, 'services = missing'] }, aws),
      /^EndpointError: Profile "p" refers to the services section "missing"/,
    );
  });
});

describe('resolveServiceSettings: the region', () => {
  const aws = useAwsFiles();

  for (const [what, row, expected] of regions) {
    it(`${what}: ${expected}`, async () => {
      assert.equal((await resolve(row, aws)).region, expected);
    });
  }
});

const addressing = (style: string) => ['s3 =', `  addressing_style = ${style}`];
// The results of botocore 1.43 for the same lines.
const styles: readonly (readonly [endpoint: string, more: readonly string[], path: boolean])[] = [
  ['', [], false],
  ['', addressing('path'), true],
  ['https://store.example.com', [], true],
  ['https://store.example.com', addressing('auto'), true],
  ['https://store.example.com', addressing('nonsense'), true],
  ['https://store.example.com', addressing('path'), true],
  ['https://store.example.com', addressing('virtual'), false],
  ['http://127.0.0.1:9000', [], true],
  ['http://localhost:9000', addressing('virtual'), false],
];

describe('resolveServiceSettings: addressing', () => {
  const aws = useAwsFiles();

  for (const [endpoint, more, path] of styles) {
    it(`${endpoint || 'AWS itself'} ${more.join(' ')}: ${path ? 'path' : 'host'}`, async () => {
      const config = [...(endpoint === '' ? [] : [`endpoint_url = ${endpoint}`]), ...more];
      assert.equal((await resolve({ config }, aws)).forcePathStyle, path);
    });
  }

  for (const [forced, config, path] of [
    ['path', addressing('virtual'), true],
    ['virtual', addressing('path'), false],
    ['auto', addressing('path'), true],
    ['auto', [], false],
  ] as const) {
    it(`the setting ${forced} combined with the profile's ${config.join(' ') || 'default'}`, async () => {
      assert.equal((await resolve({ config, addressing: forced }, aws)).forcePathStyle, path);
    });
  }
});

const secret = 'hunter2';
const badEndpoints = [
  'store.example.com',
  'localhost:9000',
  'ftp://store.example.com',
  'file:///etc/passwd',
  'http://',
  'not a url',
  `http://someone:${secret}@store.example.com`,
  `http://${secret}@store.example.com`,
  `https://store.example.com/?token=${secret}`,
  `https://store.example.com/#${secret}`,
  `someone:${secret}@store.example.com`,
  `https//someone:${secret}@store.example.com`,
  `store.example.com?token=${secret}`,
];

describe('resolveServiceSettings refuses an endpoint', () => {
  const aws = useAwsFiles();

  for (const endpoint of badEndpoints) {
    it(endpoint, async () => {
      await assert.rejects(resolve({ env: { AWS_ENDPOINT_URL: endpoint } }, aws), (error) => {
        assert.ok(error instanceof EndpointError);
        assert.ok(!error.message.includes(secret), 'the secret stays out of the message');
        return true;
      });
    });
  }
});
