import assert from 'node:assert/strict';
import type { Connection } from '../../../src/core/connection/connection.js';
import { EndpointError } from '../../../src/core/connection/stores/endpoint.js';
import {
  connectStored,
  MissingKeysError,
  UnknownConnectionError,
  type ConnectionKeys,
  type StoredConnection,
} from '../../../src/core/connection/storedConnection.js';
import { signLink } from '../../../src/core/links/sign.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { assertExplained } from '../support/explanations.js';
import { alice, mallory, temporary } from '../../support/identities.js';
import { profileText } from '../../support/awsSettings.js';
import { useServer } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { scopeOf, takeApart } from '../../support/verifier.js';

const base: StoredConnection = {
  id: '1',
  name: 'store',
  endpoint: 'https://store.test',
  region: 'eu-1',
  addressing: 'auto',
};

async function withConnection<T>(
  stored: Partial<StoredConnection> & {
    readonly keys?: ConnectionKeys;
    readonly addressing?: 'path' | 'virtual' | 'auto';
  },
  body: (connection: Connection) => Promise<T>,
  options: Partial<Parameters<typeof connectStored>[1]> = {},
): Promise<T> {
  const { keys = alice, ...settings } = stored;
  const connection = await connectStored(
    { ...base, ...settings },
    { env: process.env, version: '0.0.0', keys, ...options },
  );
  try {
    return await body(connection);
  } finally {
    connection.dispose();
  }
}

function linkOf(connection: Connection) {
  connection.rememberRegion('docs', connection.settings.region);
  const request = { kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;
  return signLink(connection, request, { now: new Date() });
}

describe('connectStored', () => {
  const use = useServer();

  it('lists with the given keys, regardless of files and variables', async () => {
    use.aws.write({
      config: profileText('default', { endpoint_url: 'http://127.0.0.1:9', region: 'other-1' }),
    });
    use.aws.setEnvironment({
      AWS_ACCESS_KEY_ID: mallory.accessKeyId,
      AWS_SECRET_ACCESS_KEY: mallory.secretAccessKey,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_REGION: 'other-1',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
    });
    const { endpoint } = use.server;
    const buckets = await withConnection({ endpoint, region: 'us-east-1' }, (connection) =>
      listBuckets(connection),
    );
    assert.equal(buckets.length, 2);
    assert.deepEqual(
      [...new Set(use.server.requests.map(({ accessKeyId }) => accessKeyId))],
      [alice.accessKeyId],
    );
  });

  it('sends the session token of temporary keys, whose expiry is unknown', async () => {
    const { endpoint } = use.server;
    await withConnection({ endpoint, region: 'us-east-1', keys: temporary }, async (connection) => {
      assert.equal((await listBuckets(connection)).length, 2);
      assert.equal((await connection.identity()).expiry.kind, 'unknown');
    });
  });
});

describe('connectStored: links', () => {
  it('signs for its own region and endpoint', async () => {
    await withConnection({}, async (connection) => {
      const link = takeApart((await linkOf(connection)).url);
      assert.equal(link.host + link.path, 'store.test/docs/a');
      assert.equal(scopeOf(link).region, 'eu-1');
      assert.equal(scopeOf(link).accessKeyId, alice.accessKeyId);
    });
  });

  for (const [own, setting, host] of [
    ['auto', 'auto', 'store.test'],
    ['auto', 'virtual', 'docs.store.test'],
    ['virtual', 'path', 'docs.store.test'],
    ['path', 'virtual', 'store.test'],
  ] as const) {
    it(`with ${own} in the connection and ${setting} in the settings: ${host}`, async () => {
      await withConnection(
        { addressing: own },
        async (connection) => {
          assert.equal(takeApart((await linkOf(connection)).url).host, host);
        },
        { addressing: setting },
      );
    });
  }

  it('refuses an invalid endpoint', async () => {
    const error = await rejection(withConnection({ endpoint: 'store.test' }, () => Promise.resolve()));
    assert.ok(error instanceof EndpointError);
  });
});

describe('an incomplete connection', () => {
  it('has a message and a remedy', () => {
    assertExplained(new UnknownConnectionError(), { text: /was removed/, remedy: 'selectProfile' });
    const missing = new MissingKeysError('minio');
    assertExplained(missing, {
      text: /No keys are stored on this machine for connection "minio"/,
      remedy: 'editConnection',
    });
  });
});
