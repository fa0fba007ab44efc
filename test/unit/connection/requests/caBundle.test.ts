import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { CaBundleError, readCaBundle } from '../../../../src/core/connection/requests/caBundle.js';
import { connect } from '../../../../src/core/connection/connect.js';
import type { Connection } from '../../../../src/core/connection/connection.js';
import { connectStored } from '../../../../src/core/connection/storedConnection.js';
import { signLink } from '../../../../src/core/links/sign.js';
import { listBuckets } from '../../../../src/core/storage/buckets.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../../src/core/storage/objects.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { startStrictS3, type StrictS3 } from '../../../servers/strictS3/server.js';
import { makeAuthority, type Authority } from '../../../support/authority.js';
import { useAwsFiles } from '../../../support/awsFiles.js';
import { startCountingProxy } from '../../../support/countingProxy.js';
import { assertExplained } from '../../support/explanations.js';
import { useFolder } from '../../support/folders.js';
import { alice } from '../../../support/identities.js';
import { keySettings, profileText } from '../../../support/awsSettings.js';
import { must, rejection } from '../../../support/values.js';

/** An HTTPS server whose certificate only its own authority has signed. */
function useSecureServer() {
  const aws = useAwsFiles();
  const folder = useFolder();
  let server: StrictS3 | undefined;
  let authority: Authority | undefined;
  const open: Connection[] = [];
  beforeEach(async () => {
    authority = await makeAuthority(folder.path);
    server = await startStrictS3({ credentials: [alice], tls: authority.tls });
    server.createBucket('docs');
  });
  afterEach(async () => {
    for (const connection of open.splice(0)) connection.dispose();
    await server?.close();
  });
  const keep = (connection: Connection) => {
    open.push(connection);
    return connection;
  };
  return {
    aws,
    keep,
    server: () => must(server),
    bundle: () => must(authority).bundle,
    /** Connects with a profile to the server, or to another address of it. */
    async connect(settings: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
      const profile = { ...keySettings(alice), endpoint_url: must(server).endpoint, ...settings };
      aws.write({ config: profileText('default', profile) });
      return keep(await connect({ kind: 'profile', name: 'default' }, { env, version: '0.0.0' }));
    },
  };
}

const untrusted = { text: /^This machine does not trust the server's certificate/, remedy: 'retry' } as const;

describe('ca_bundle', () => {
  const use = useSecureServer();

  it('is needed: without it the server is not trusted', async () => {
    assertExplained(await rejection(listBuckets(await use.connect({}))), untrusted);
    const connection = await use.connect({ ca_bundle: use.bundle() });
    assert.deepEqual(
      (await listBuckets(connection)).map(({ name }) => name),
      ['docs'],
    );
  });

  it('may come from AWS_CA_BUNDLE, which overrides the profile', async () => {
    const env = { AWS_CA_BUNDLE: use.bundle() };
    const connection = await use.connect({ ca_bundle: '/missing.pem' }, env);
    assert.equal((await listBuckets(connection)).length, 1);
  });

  it('applies to a connection that was added in the editor', async () => {
    const stored = {
      id: 'c',
      name: 'c',
      endpoint: use.server().endpoint,
      region: 'us-east-1',
      addressing: 'auto',
    } as const;
    const options = { version: '0.0.0', keys: alice };
    const without = use.keep(await connectStored(stored, { ...options, env: {} }));
    assertExplained(await rejection(listBuckets(without)), untrusted);
    const env = { AWS_CA_BUNDLE: use.bundle() };
    const connection = use.keep(await connectStored(stored, { ...options, env }));
    assert.equal((await listBuckets(connection)).length, 1);
  });
});

describe('ca_bundle and the requests', () => {
  const use = useSecureServer();

  it('applies to keys with dot segments', async () => {
    use.server().putObject('docs', 'a/../b', 'right');
    const connection = await use.connect({ ca_bundle: use.bundle() });
    const entry = await getObjectEntry(connection, { bucket: 'docs', key: 'a/../b' });
    assert.equal(entry?.sizeBytes, 5);
  });

  it('keeps connections open', async () => {
    const proxy = await startCountingProxy(use.server().endpoint);
    const endpoint_url = proxy.endpoint.replace('http:', 'https:');
    const connection = await use.connect({ ca_bundle: use.bundle(), endpoint_url });
    connection.rememberRegion('docs', 'us-east-1');
    for (let count = 0; count < 20; count += 1) {
      await listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 });
    }
    const { opened } = proxy;
    await proxy.close();
    assert.ok(opened <= 2, `${opened} connections were opened`);
  });
});

describe('ca_bundle and an upload through a link', () => {
  const use = useSecureServer();

  it('applies the authorities of the connection', async () => {
    const connection = await use.connect({ ca_bundle: use.bundle() });
    const link = await signLink(connection, { kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const body = { kind: 'bytes', bytes: Buffer.from('sent') } as const;
    const { signal } = new AbortController();
    assertExplained(await rejection(uploadThroughLink(link, body, { signal })), untrusted);
    await uploadThroughLink(link, body, { signal, ca: connection.ca });
    assert.equal(use.server().getObject('docs', 'a')?.body.toString(), 'sent');
  });
});

describe('readCaBundle', () => {
  const folder = useFolder();

  it("adds to Node's own authorities", async () => {
    const { bundle } = await makeAuthority(folder.path);
    const ca = await readCaBundle(bundle, {});
    assert.equal(ca.length, rootCertificates.length + 1);
    assert.equal(ca.at(-1), readFileSync(bundle, 'utf8').trim());
  });

  it('reads every certificate of a file, and skips its comments', async () => {
    const { bundle, tls } = await makeAuthority(folder.path);
    const both = join(folder.path, 'both.pem');
    writeFileSync(both, `# first\n${readFileSync(bundle, 'utf8')}\n# second\r\n${tls.cert}`);
    assert.equal((await readCaBundle(both, {})).length, rootCertificates.length + 2);
  });

  it('expands ~ to the home folder', async () => {
    await makeAuthority(folder.path);
    const env = { HOME: folder.path };
    assert.equal((await readCaBundle('~/ca.pem', env)).length, rootCertificates.length + 1);
    assert.match((await rejection(readCaBundle('~/none.pem', env))).message, /cannot be read/);
  });

  for (const [what, content, said] of [
    ['that does not exist', undefined, /cannot be read\.$/],
    ['that is empty', '', /no usable certificates\.$/],
    ['without any certificate', 'hello', /no usable certificates\.$/],
    [
      'with a damaged certificate',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      /no usable certificates\.$/,
    ],
  ] as const) {
    it(`refuses a file ${what}`, async () => {
      const path = join(folder.path, 'bundle.pem');
      if (content !== undefined) writeFileSync(path, content);
      const error = await rejection(readCaBundle(path, {}));
      assert.ok(error instanceof CaBundleError);
      assertExplained(error, { text: said, remedy: 'openAwsConfig' });
    });
  }

  it('refuses a folder and a relative path', async () => {
    mkdirSync(join(folder.path, 'pem'));
    assert.ok((await rejection(readCaBundle(join(folder.path, 'pem'), {}))) instanceof CaBundleError);
    assert.match((await rejection(readCaBundle('certs/ca.pem', {}))).message, /not absolute\.$/);
  });
});
