import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../../../src/core/connection/connect.js';
import { signLink } from '../../../../src/core/links/sign.js';
import { listBuckets } from '../../../../src/core/storage/buckets.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { startStrictS3, type StrictS3 } from '../../../servers/strictS3/server.js';
import { alice, temporary } from '../../../support/identities.js';
import { keySettings, profileText } from '../../../support/awsSettings.js';
import { useServer } from '../../../support/server.js';
import { must } from '../../../support/values.js';
import { scopeOf, takeApart } from '../../../support/verifier.js';

/** A foreign server, the endpoint of another profile; it has the bucket `theirs`. */
function useTwoServers() {
  const use = useServer();
  let other: StrictS3 | undefined;
  beforeEach(async () => {
    other = await startStrictS3({ credentials: [temporary] });
    other.createBucket('theirs');
    const ours = { ...keySettings(alice), endpoint_url: use.server.endpoint };
    const theirs = { ...keySettings(temporary), endpoint_url: other.endpoint };
    const texts = [profileText('ours', ours), profileText('default', theirs), profileText('theirs', theirs)];
    use.aws.write({ credentials: texts.join('') });
  });
  afterEach(() => other?.close());
  return { use, other: () => must(other) };
}

describe('two profiles with two endpoints', () => {
  const { use, other } = useTwoServers();

  for (const ambient of ['', 'ours', 'theirs']) {
    it(`never send to each other's server (AWS_PROFILE is ${ambient || 'not set'})`, async () => {
      if (ambient !== '') use.aws.setEnvironment({ AWS_PROFILE: ambient });
      const [ours, theirs] = [await use.connect('ours'), await use.connect('theirs')];
      assert.deepEqual(
        (await listBuckets(ours)).map(({ name }) => name),
        ['docs', 'eu-docs'],
      );
      assert.deepEqual(
        (await listBuckets(theirs)).map(({ name }) => name),
        ['theirs'],
      );
      await listPage(ours, { bucket: 'eu-docs', prefix: '', pageSize: 10 });
      await listPage(theirs, { bucket: 'theirs', prefix: '', pageSize: 10 });
      const keysAt = ({ requests }: StrictS3) => new Set(requests.map(({ accessKeyId }) => accessKeyId));
      assert.deepEqual(keysAt(use.server), new Set([alice.accessKeyId]));
      assert.deepEqual(keysAt(other()), new Set([temporary.accessKeyId]));
    });

    it(`never sign a link for each other's server (AWS_PROFILE is ${ambient || 'not set'})`, async () => {
      if (ambient !== '') use.aws.setEnvironment({ AWS_PROFILE: ambient });
      const rows = [
        ['ours', 'docs', use.server.endpoint, alice.accessKeyId],
        ['theirs', 'theirs', other().endpoint, temporary.accessKeyId],
      ] as const;
      for (const [profile, bucket, endpoint, accessKeyId] of rows) {
        const connection = await use.connect(profile);
        const request = { kind: 'get', bucket, key: 'a', expiresInSeconds: 60 } as const;
        const seen = takeApart((await signLink(connection, request, { now: use.now })).url);
        assert.equal(seen.host, new URL(endpoint).host);
        assert.equal(scopeOf(seen).accessKeyId, accessKeyId);
      }
    });
  }
});

describe('a profile without an endpoint', () => {
  const use = useServer();

  for (const ambient of ['default', 'theirs']) {
    it(`uses AWS itself, whatever the profile ${ambient} says`, async () => {
      const theirs = { ...keySettings(temporary), endpoint_url: use.server.endpoint };
      use.aws.write({ credentials: profileText('plain', keySettings(alice)) + profileText(ambient, theirs) });
      if (ambient !== 'default') use.aws.setEnvironment({ AWS_PROFILE: ambient });
      const connection = await use.connect('plain');
      connection.rememberRegion('docs', 'us-east-1');
      const request = { kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;
      const seen = takeApart((await signLink(connection, request, { now: use.now })).url);
      assert.equal(seen.host, 'docs.s3.us-east-1.amazonaws.com');
    });
  }
});

describe('an endpoint with a host name', () => {
  const use = useServer();

  const rows: readonly (readonly [endpoint: string, host: string, path: string])[] = [
    ['http://localhost:9000', 'localhost:9000', '/docs/a'],
    ['https://store.test', 'store.test', '/docs/a'],
    ['https://store.test:8443/s3', 'store.test:8443', '/s3/docs/a'],
    ['https://s3.eu-west-1.amazonaws.com', 'docs.s3.eu-west-1.amazonaws.com', '/a'],
    ['https://oss-cn-hangzhou.aliyuncs.com', 'docs.oss-cn-hangzhou.aliyuncs.com', '/a'],
    ['http://[::1]:9000', '[::1]:9000', '/docs/a'],
  ];
  for (const [endpoint, host, path] of rows) {
    it(`${endpoint}: the bucket name goes where that host accepts it`, async () => {
      use.aws.write({ credentials: profileText('p', { ...keySettings(alice), endpoint_url: endpoint }) });
      const connection = await use.connect('p');
      connection.rememberRegion('docs', 'eu-west-1');
      const request = { kind: 'get', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;
      const seen = takeApart((await signLink(connection, request, { now: use.now })).url);
      assert.equal(seen.host, host);
      assert.equal(seen.path, path);
    });
  }
});

describe('the environment, when the keys of its profile change', () => {
  const use = useServer();

  it('has the keys of the file after another connect', async () => {
    const endpoint_url = use.server.endpoint;
    for (const keys of [alice, temporary]) {
      use.aws.write({ credentials: profileText('default', { ...keySettings(keys), endpoint_url }) });
      const connection = await connect({ kind: 'environment' }, { env: {}, version: '0.0.0' });
      await listBuckets(connection);
      connection.dispose();
      assert.equal(use.server.requests.at(-1)?.accessKeyId, keys.accessKeyId);
    }
  });
});

describe('credentials from a program', () => {
  const use = useServer();

  it('are requested once, however many regions and requests', async () => {
    const [program, calls] = [join(use.aws.folder, 'give-keys'), join(use.aws.folder, 'calls')];
    const answer = JSON.stringify({
      Version: 1,
      AccessKeyId: alice.accessKeyId,
      SecretAccessKey: alice.secretAccessKey,
    });
    writeFileSync(program, `#!/bin/sh\necho call >> '${calls}'\necho '${answer}'\n`);
    chmodSync(program, 0o755);
    use.aws.write({
      config: `[profile program]\ncredential_process = ${program}\nendpoint_url = ${use.server.endpoint}\n`,
    });
    const connection = await use.connect('program');
    assert.ok(!existsSync(calls), 'connecting asks for nothing');
    await listBuckets(connection);
    for (const bucket of ['docs', 'eu-docs', 'docs', 'eu-docs']) {
      await listPage(connection, { bucket, prefix: '', pageSize: 10 });
      await signLink(connection, { kind: 'get', bucket, key: 'a', expiresInSeconds: 60 }, { now: use.now });
    }
    assert.equal(readFileSync(calls, 'utf8'), 'call\n');
  });
});
