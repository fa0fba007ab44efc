import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../../../src/core/failures/explain.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { ProxyError, toProxyFailure } from '../../../src/core/failures/network.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { uploadThroughLink } from '../../../src/core/transfer/link/uploadThroughLink.js';
import { startStrictS3, type StrictS3 } from '../../servers/strictS3/server.js';
import { makeAuthority } from '../../support/authority.js';
import { assertExplained } from '../support/explanations.js';
import { useFolder } from '../support/folders.js';
import { closedEndpoint } from '../../support/ports.js';
import { run } from '../../support/processes.js';
import { alice } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { must, rejection } from '../../support/values.js';
import { useWebServer } from '../support/webServer.js';

function profileAt(use: ServerUse, endpoint: string, settings: Readonly<Record<string, string>> = {}): void {
  const credentials = profileText('alice', {
    ...keySettings(alice),
    endpoint_url: endpoint,
    ...settings,
  });
  use.aws.write({ credentials });
}

describe('explain: a host that no name server knows', () => {
  const use = useServer();

  async function failure(): Promise<Error> {
    profileAt(use, 'http://s3.signpost.invalid');
    return rejection(listBuckets(await use.connect()));
  }

  it('is named if this machine has a network', async () => {
    const { message, remedy } = explain(await failure(), { isOnline: () => true });
    // Where no name server can be reached, the error itself says so.
    assert.match(
      formatMessage(message),
      /^(?:The host of the endpoint was not found: s3\.signpost\.invalid\. |This machine seems to be offline)/,
    );
    assert.equal(remedy, 'retry');
  });

  it('is not named without a network', async () => {
    const { message, remedy } = explain(await failure(), { isOnline: () => false });
    assert.match(formatMessage(message), /^This machine seems to be offline/);
    assert.equal(remedy, 'retry');
  });

  it('an unreachable name server means that there is no network', () => {
    const error = new TypeError('fetch failed', {
      cause: Object.assign(new Error('getaddrinfo EAI_AGAIN s3.test'), {
        code: 'EAI_AGAIN',
        hostname: 's3.test',
      }),
    });
    const { message } = explain(error, { isOnline: () => true });
    assert.match(formatMessage(message), /^This machine seems to be offline/);
  });
});

/** A self-signed certificate made by `openssl`. */
async function selfSigned(folder: string): Promise<{ readonly key: string; readonly cert: string }> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const made = await run('openssl', [
    ...['req', '-x509', ...curve, '-nodes', '-keyout', key, '-out', cert],
    ...subject,
  ]);
  assert.equal(made.exitCode, 0, made.stderr);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

describe('explain: a certificate', () => {
  const use = useServer();
  const folder = useFolder();
  let server: StrictS3 | undefined;
  afterEach(() => server?.close());

  async function open(
    tls: { readonly key: string; readonly cert: string },
    bundle: string | undefined,
  ): Promise<void> {
    server = await startStrictS3({ credentials: [alice], tls });
    profileAt(use, must(server).endpoint, bundle === undefined ? {} : { ca_bundle: bundle });
  }

  async function failure(): Promise<Error> {
    return rejection(listBuckets(await use.connect()));
  }

  it('that no trusted authority signed', async () => {
    const { tls } = await makeAuthority(folder.path);
    await open(tls, undefined);
    const expected = {
      text: /^This machine does not trust the server's certificate/,
      remedy: 'retry',
    } as const;
    assertExplained(await failure(), expected);
  });

  it('that the server signed itself', async () => {
    await open(await selfSigned(folder.path), undefined);
    const expected = { text: /^The server's certificate is self-signed/, remedy: 'retry' } as const;
    assertExplained(await failure(), expected);
  });

  it('that has expired', async () => {
    const { tls, bundle } = await makeAuthority(folder.path, { days: -1 });
    await open(tls, bundle);
    const expected = { text: /^The server's certificate has expired/, remedy: 'retry' } as const;
    assertExplained(await failure(), expected);
  });

  it('that is for another host', async () => {
    const { tls, bundle } = await makeAuthority(folder.path, { host: 's3.signpost.test', isElsewhere: true });
    await open(tls, bundle);
    const expected = { text: /^The server's certificate is for a different host/, remedy: 'retry' } as const;
    assertExplained(await failure(), expected);
  });
});

describe('explain: a certificate of a credential service', () => {
  const use = useServer();
  const folder = useFolder();

  it('is not reported as a network problem', async () => {
    const { tls } = await makeAuthority(folder.path);
    const portal = await startStrictS3({ credentials: [], tls });
    const cache = join(use.aws.folder, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const token = { accessToken: 'access', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    const name = createHash('sha1').update('s').digest('hex');
    writeFileSync(join(cache, `${name}.json`), JSON.stringify(token));
    use.aws.setEnvironment({ HOME: use.aws.folder });
    const lines = [
      ...['[profile p]', 'sso_session = s', 'sso_account_id = 1', 'sso_role_name = r', 'services = local'],
      ...['[sso-session s]', 'sso_region = eu-west-1', 'sso_start_url = https://x.awsapps.com/start'],
      ...['[services local]', 'sso =', `  endpoint_url = ${portal.endpoint}`, ''],
    ];
    use.aws.write({ config: lines.join('\n') });
    const error = await rejection((await use.connect('p')).identity());
    await portal.close();
    assertExplained(error, {
      text: /^This machine does not trust the server's certificate/,
      remedy: 'retry',
    });
  });
});

describe('explain: a proxy that requires authentication', () => {
  const use = useServer();
  const serve = useWebServer();
  const page = '<html><body>Proxy Authentication Required</body></html>';

  it('between the program and S3', async () => {
    profileAt(use, await serve(407, page));
    const connection = await use.connect();
    // `fetch` does not reveal the answer of the proxy.
    assertExplained(await rejection(listBuckets(connection)), {
      text: /^S3 could not be reached\. Check the network and the proxy/,
      remedy: 'retry',
    });
    const expected = { text: /^The proxy requires a user name and a password/, remedy: 'retry' } as const;
    connection.rememberRegion('docs', 'us-east-1');
    const dots = getObjectEntry(connection, { bucket: 'docs', key: 'a/../b' });
    assertExplained(await rejection(dots), expected);
  });

  it('between the program and the target of an upload', async () => {
    const link = await use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    const moved = { ...link, url: link.url.replace(use.server.endpoint, await serve(407, page)) };
    const body = { kind: 'bytes', bytes: Buffer.from('x') } as const;
    assertExplained(
      await rejection(uploadThroughLink(moved, body, { signal: new AbortController().signal })),
      {
        text: /^The proxy requires a user name and a password \(407\)\. Nothing was uploaded/,
        remedy: 'retry',
      },
    );
  });
});

describe('explain: a proxy that cannot be reached', () => {
  const expected = {
    text: /^The proxy could not be reached\. Check the settings http\.proxy/,
    remedy: 'retry',
  } as const;
  const far = { protocol: 'https:', hostname: 's3.signpost.test' };

  it('is recognized by the port that refused the connection', async () => {
    const { port, origin } = new URL(await closedEndpoint());
    const refused = await rejection(fetch(origin));
    assertExplained(toProxyFailure(refused, far), expected);
    const own = toProxyFailure(refused, { protocol: 'http:', hostname: '127.0.0.1', port: Number(port) });
    assert.equal(own, refused);
  });

  it('is recognized by the host that was looked up', () => {
    const lookUp = { code: 'ENOTFOUND', syscall: 'getaddrinfo' };
    const failure = (hostname: string) =>
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { ...lookUp, hostname }) });
    assertExplained(toProxyFailure(failure('proxy.corp.test'), far), expected);
    assert.ok(!(toProxyFailure(failure(far.hostname), far) instanceof ProxyError));
  });

  it("is recognized by VS Code's message, which is not shown", () => {
    const words = 'Failed to establish a socket connection to proxies: PROXY someone:hunter2@127.0.0.1:1';
    assertExplained(new Error(words), expected, ['hunter2', 'someone']);
  });
});

describe('explain: a proxy that refuses the connection', () => {
  for (const [status, text] of [
    [407, /^The proxy requires a user name and a password/],
    [403, /^The proxy refused the connection \(HTTP 403/],
    [502, /^The proxy refused the connection \(HTTP 502/],
  ] as const) {
    // The error of undici's `fetch`, as Node's own offers no proxies; a window test sees the real one.
    it(`with ${status}`, () => {
      const cause = Object.assign(new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`), {
        code: 'UND_ERR_ABORTED',
      });
      assertExplained(new TypeError('fetch failed', { cause }), { text, remedy: 'retry' });
    });
  }
});
