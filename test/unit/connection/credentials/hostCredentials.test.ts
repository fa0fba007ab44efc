import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CredentialsExpiredError } from '../../../../src/core/links/lifetime.js';
import { startContainerCredentials, startInstanceMetadata } from '../../../servers/aws/hosts.js';
import { startSts } from '../../../servers/aws/sts.js';
import {
  assertWorks,
  signObject,
  useCredentialSources,
  type CredentialUse,
} from '../../support/credentialSources.js';
import { keySettings } from '../../../support/awsSettings.js';
import { alice } from '../../../support/identities.js';
import { must, rejection } from '../../../support/values.js';

const environment = { kind: 'environment' } as const;
const path = '/v2/credentials/1234';
const roleArn = 'arn:aws:iam::123456789012:role/r';
const keys = keySettings(alice);

/** Simulates a container or an instance around the process. */
function useHosts() {
  const use = useCredentialSources();
  const startContainer = (token: string) =>
    use.start(startContainerCredentials({ issuer: use.issuer, path, token }));
  return {
    use,
    inContainer: async () => {
      const { endpoint } = await startContainer('Basic abc');
      use.aws.setEnvironment({
        AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint + path,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'Basic abc',
      });
    },
    /** The host of a relative address is fixed; the part before an `@` is a user name, which is not sent. */
    inTask: async () => {
      const { host } = new URL((await startContainer('from-file')).endpoint);
      const file = join(use.aws.folder, 'token');
      writeFileSync(file, 'from-file');
      use.aws.setEnvironment({
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: `@${host}${path}`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
      });
    },
    onInstance: async (options: { readonly lifeSeconds?: number; readonly hangs?: boolean } = {}) => {
      const metadata = await use.start(startInstanceMetadata({ issuer: use.issuer, ...options }));
      use.aws.setEnvironment({
        AWS_EC2_METADATA_DISABLED: 'false',
        AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.endpoint,
      });
      return metadata;
    },
  };
}

/** Sets a web identity in the environment; gives the variable with the endpoint of its STS. */
async function withWebIdentity(use: CredentialUse): Promise<Record<string, string>> {
  const file = join(use.aws.folder, 'token');
  writeFileSync(file, 'a.b.c');
  const sts = await use.start(
    startSts({ issuer: use.issuer, roles: [{ arn: roleArn, webIdentityToken: 'a.b.c' }] }),
  );
  use.aws.setEnvironment({ AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: roleArn });
  return { AWS_ENDPOINT_URL_STS: sts.endpoint };
}

/** Connects to a profile whose role is assumed with the keys from its credential_source. */
async function connectBy(
  use: CredentialUse,
  { source, trustsGrants }: { source: string; trustsGrants: string[] },
) {
  const trusts = [alice.accessKeyId];
  const sts = await use.start(
    startSts({ issuer: use.issuer, roles: [{ arn: roleArn, trusts, trustsGrants }] }),
  );
  use.configure({
    'profile p': { role_arn: roleArn, credential_source: source, services: 'local' },
    'services local': { sts: { endpoint_url: sts.endpoint } },
  });
  return use.connect();
}

describe('the default chain', () => {
  const { use, inContainer, inTask, onInstance } = useHosts();

  it('finds a container by its full URI and its token', async () => {
    await inContainer();
    await assertWorks(await use.connect(environment), () => use.issuer.last?.accessKeyId);
    assert.deepEqual([...new Set(use.issuer.grants.map(({ by }) => by))], ['container']);
  });

  it('finds a container by its relative URI and a file with its token', async () => {
    await inTask();
    await assertWorks(await use.connect(environment), () => use.issuer.last?.accessKeyId);
    assert.deepEqual([...new Set(use.issuer.grants.map(({ by }) => by))], ['container']);
  });

  it('finds an instance, through version 2 of its metadata service', async () => {
    const metadata = await onInstance();
    const connection = await use.connect(environment);
    await assertWorks(connection, () => use.issuer.last?.accessKeyId);
    assert.deepEqual(
      metadata.requests.map(({ method }) => method),
      ['PUT', 'GET', 'GET'],
    );
    assert.deepEqual((await connection.identity()).expiry, {
      kind: 'at',
      at: must(use.issuer.last).expiration,
    });
  });

  it('does not ask the instance if the environment, the profile or the container has keys', async () => {
    const metadata = await onInstance();
    use.configure({
      default: keys,
    });
    await assertWorks(await use.connect(environment), () => alice.accessKeyId);
    use.aws.write({});
    await inContainer();
    await assertWorks(await use.connect(environment), () => use.issuer.last?.accessKeyId);
    assert.equal(metadata.requests.length, 0);
  });
});

describe('the default chain, with the instance disabled', () => {
  const { use, onInstance } = useHosts();

  it('does not ask it', async () => {
    const metadata = await onInstance();
    use.aws.setEnvironment({ AWS_EC2_METADATA_DISABLED: 'true' });
    const error = await rejection((await use.connect(environment)).identity());
    assert.match(error.message, /^No usable credentials were found/);
    assert.equal(metadata.requests.length, 0);
  });
});

describe('the default chain: order of precedence', () => {
  const { use, inContainer } = useHosts();

  it('environment keys before a named profile', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = use.issuer.issue('by hand', 3600);
    use.aws.setEnvironment({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    });
    use.configure({ 'profile q': keys });
    const connection = await use.connect(environment, { env: { AWS_PROFILE: 'q' } });
    await assertWorks(connection, () => accessKeyId);
  });

  it('the profile in AWS_PROFILE', async () => {
    use.configure({
      'profile q': keys,
      default: { aws_access_key_id: 'AKIAOTHER', aws_secret_access_key: 'x' },
    });
    const connection = await use.connect(environment, { env: { AWS_PROFILE: 'q' } });
    await assertWorks(connection, () => alice.accessKeyId);
  });

  it('no other profile than the one in AWS_PROFILE', async () => {
    use.configure({ default: keys });
    const error = await rejection(use.connect(environment, { env: { AWS_PROFILE: 'q' } }));
    assert.match(error.message, /^Profile "q" does not exist/);
  });

  it('a web identity of the environment before keys of the profile', async () => {
    const env = await withWebIdentity(use);
    use.configure({ default: keys });
    await assertWorks(await use.connect(environment, { env }), () => use.issuer.last?.accessKeyId);
    assert.equal(use.issuer.grants.at(-1)?.by, roleArn);
  });

  it('a profile with only a region is skipped', async () => {
    await inContainer();
    use.configure({ default: { region: 'eu-central-1' } });
    await assertWorks(await use.connect(environment), () => use.issuer.last?.accessKeyId);
  });
});

describe('credential_source', () => {
  const { use, inContainer, inTask, onInstance } = useHosts();

  it('Environment', async () => {
    use.aws.setEnvironment({
      AWS_ACCESS_KEY_ID: alice.accessKeyId,
      AWS_SECRET_ACCESS_KEY: alice.secretAccessKey,
    });
    await assertWorks(
      await connectBy(use, { source: 'Environment', trustsGrants: [] }),
      () => use.issuer.last?.accessKeyId,
    );
  });

  it('Environment without keys has its own message', async () => {
    const error = await rejection(
      (await connectBy(use, { source: 'Environment', trustsGrants: [] })).identity(),
    );
    assert.match(error.message, /gets its credentials from the environment, which has none/);
  });

  for (const [what, enter] of [['a full', inContainer] as const, ['a relative', inTask] as const]) {
    it(`EcsContainer, by ${what} address`, async () => {
      await enter();
      await assertWorks(
        await connectBy(use, { source: 'EcsContainer', trustsGrants: ['container'] }),
        () => use.issuer.last?.accessKeyId,
      );
      assert.deepEqual(
        use.issuer.grants.map(({ by }) => by),
        ['container', roleArn],
      );
    });
  }

  it('Ec2InstanceMetadata', async () => {
    await onInstance();
    await assertWorks(
      await connectBy(use, { source: 'Ec2InstanceMetadata', trustsGrants: ['instance'] }),
      () => use.issuer.last?.accessKeyId,
    );
    assert.deepEqual(
      use.issuer.grants.map(({ by }) => by),
      ['instance', roleArn],
    );
  });
});

describe('credential_source without credentials', () => {
  const { use, inContainer } = useHosts();

  it('EcsContainer with a token that the container refuses has its own message', async () => {
    await inContainer();
    use.aws.setEnvironment({ AWS_CONTAINER_AUTHORIZATION_TOKEN: 'another' });
    const error = await rejection(
      (await connectBy(use, { source: 'EcsContainer', trustsGrants: [] })).identity(),
    );
    assert.match(error.message, /^The container returned no credentials/);
  });
});

describe('instance metadata', () => {
  const { use, onInstance } = useHosts();

  it('that hangs is abandoned soon', async () => {
    const metadata = await onInstance({ hangs: true });
    const connection = await use.connect(environment, { limits: { hostMs: 1000 } });
    const error = await rejection(connection.identity());
    assert.match(error.message, /^No usable credentials were found/);
    assert.ok(metadata.requests.length > 0);
  });

  it('with expired keys signs nothing', async () => {
    await onInstance({ lifeSeconds: -60 });
    const connection = await use.connect(environment);
    assert.ok((await rejection(signObject(connection))) instanceof CredentialsExpiredError);
  });
});
