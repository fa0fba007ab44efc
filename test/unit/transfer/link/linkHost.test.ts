import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import type { ParsedLink } from '../../../../src/core/links/parse/parsedLink.js';
import { openLinkRequest, waitForResponse } from '../../../../src/core/transfer/link/linkRequest.js';
import { makeAuthority, type AuthorityOptions } from '../../../support/authority.js';
import { useFolder } from '../../support/folders.js';
import { generateAuthorities } from '../../support/generatedAuthorities.js';
import { rejection } from '../../../support/values.js';
import { fakeSignature, writtenForm, writtenV4 } from '../../../support/writtenLinks.js';

const { signal } = new AbortController();
/** Dot segments, and doubled and encoded slashes, which every URL parser would change. */
const path = '/docs/in/./x/..//a%2Fb\\c.pdf';

function linkAt(authority: string, scheme = 'http'): string {
  return writtenV4({ address: `${scheme}://${authority}${path}` });
}

/** The link as read from JSON, where any character can appear in an address. */
function readJson(url: string): ParsedLink | undefined {
  const link = parseLink(JSON.stringify({ url }));
  return 'problem' in link ? undefined : link;
}

/** An address as printed by this test: invisible characters escaped, and no signature. */
function shown(url: string): string {
  return JSON.stringify(url.replace(/\?.*/s, ''));
}

describe('the host of a link', () => {
  const hosts = [
    ...['docs.s3.eu-west-1.amazonaws.com', 'attacker.example', 'localhost', 'store.example:9000'],
    ...['127.0.0.1', '127.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]:9000'],
    ...[
      'b\u00fccher.example',
      'docs.s3.\u0430mazonaws.com',
      'amaz\u00adonaws.com',
      'EXAMPLE.com',
      'a_b.example.',
    ],
  ];

  it('is read like the URL class and a request read it, or is refused', () => {
    let accepted = 0;
    const authorities = generateAuthorities({ hosts, count: 4000, seed: 7 });
    for (const authority of authorities) {
      const url = linkAt(authority);
      const link = readJson(url);
      if (link === undefined) {
        assert.throws(() => openLinkRequest({ method: 'GET', url, headers: {} }, { signal }), shown(url));
        continue;
      }
      accepted += 1;
      assert.match(link.host, /^(?:[a-z\d._-]+|\[[\da-f:]+\])(?::\d+)?$/, shown(url));
      for (const text of [url, link.url]) {
        const { host, username, password } = new URL(text);
        assert.deepEqual([host, username, password], [link.host, '', ''], shown(url));
      }
      assert.ok(link.url.startsWith(`http://${link.host}${path}?X-Amz-`), shown(url));
    }
    assert.ok(accepted > 1000 && accepted < 3000, `${accepted} accepted`);
  });
});

interface Seen {
  readonly port: number;
  readonly host: string | undefined;
  readonly target: string | undefined;
  readonly serverName: string | false | undefined;
}

/** A request as it arrived. */
function seenIn({ headers, url, socket }: IncomingMessage): Seen {
  const serverName = socket instanceof TLSSocket ? readServerName(socket) : undefined;
  return { port: socket.localPort ?? 0, host: headers.host, target: url, serverName };
}

function readServerName(socket: TLSSocket): string | false {
  return (socket as TLSSocket & { readonly servername: string | false }).servername;
}

async function send(url: string, options: { readonly ca?: readonly string[] } = {}): Promise<void> {
  const request = openLinkRequest({ method: 'GET', url, headers: {} }, { signal, ...options });
  const answered = waitForResponse(request);
  request.end();
  (await answered).resume();
  request.destroy();
}

describe('a request through a link', () => {
  const seen: Seen[] = [];
  const servers = [1, 2].map(() =>
    createServer((request, response) => {
      seen.push(seenIn(request));
      response.end();
    }),
  );
  let ports: readonly number[] = [];
  before(async () => {
    for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
    ports = servers.map((server) => (server.address() as AddressInfo).port);
  });
  after(() => {
    for (const server of servers) server.close().closeAllConnections();
  });

  it('arrives at the host that was shown, with unchanged path and query', async () => {
    const names = ['127.0.0.1', 'localhost', 'LOCALHOST', '127.1', '0x7f.1', '2130706433', '\uff1127.0.0.1'];
    const hosts = ports.flatMap((port) => names.map((name) => `${name}:${port}`));
    let sent = 0;
    for (const authority of generateAuthorities({ hosts, count: 700, seed: 11 })) {
      const link = readJson(linkAt(authority));
      const expected = /^(?:127\.0\.0\.1|localhost):(\d+)$/.exec(link?.host ?? '');
      if (link === undefined || !ports.includes(Number(expected?.[1]))) continue;
      seen.length = 0;
      await send(link.url);
      sent += 1;
      const target = `${path}?${link.url.split('?')[1] ?? ''}`;
      const wanted = { port: Number(expected?.[1]), host: link.host, target, serverName: undefined };
      assert.deepEqual(seen, [wanted], shown(linkAt(authority)));
    }
    assert.ok(sent > 150, `${sent} sent`);
  });
});

/** A server with a certificate. */
async function startTls(folder: string, options: AuthorityOptions) {
  const { tls, bundle } = await makeAuthority(folder, options);
  const seen: Seen[] = [];
  let connections = 0;
  const server = createTlsServer(tls, (request, response) => {
    seen.push(seenIn(request));
    response.end();
  });
  server.on('connection', () => (connections += 1));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    seen,
    port: (server.address() as AddressInfo).port,
    ca: [readFileSync(bundle, 'utf8')],
    connections: () => connections,
    close: () => {
      server.close().closeAllConnections();
    },
  };
}

describe('a request through a link, over TLS', () => {
  const folder = useFolder();

  it('uses the host that was shown for the Host header and the certificate', async () => {
    const server = await startTls(folder.path, { host: 'localhost' });
    try {
      for (const [written, host, serverName] of [
        ['LocalHost', 'localhost', 'localhost'],
        ['loc\u00adalhost', 'localhost', 'localhost'],
        ['0x7f.1', '127.0.0.1', false],
      ] as const) {
        const link = readJson(linkAt(`${written}:${server.port}`, 'https'));
        assert.equal(link?.host, `${host}:${server.port}`);
        await send(link.url, { ca: server.ca });
        const { host: received, serverName: asked } = server.seen.pop() ?? {};
        assert.deepEqual([received, asked], [link.host, serverName]);
      }
    } finally {
      server.close();
    }
  });

  it('accepts no certificate of another host', async () => {
    const server = await startTls(folder.path, { host: 'elsewhere.example', isElsewhere: true });
    try {
      const failure = await rejection(send(linkAt(`localhost:${server.port}`, 'https'), { ca: server.ca }));
      assert.equal((failure as NodeJS.ErrnoException).code, 'ERR_TLS_CERT_ALTNAME_INVALID');
      assert.deepEqual(server.seen, []);
    } finally {
      server.close();
    }
  });
});

describe('a link with two hosts, over TLS', () => {
  const folder = useFolder();

  it('is refused before a connection is opened', async () => {
    const server = await startTls(folder.path, { host: 'localhost' });
    const shownHost = 'docs.s3.eu-west-1.amazonaws.com';
    const authority = `x@localhost:${server.port}\\@${shownHost}`;
    const url = linkAt(authority, 'https');
    const { fields } = writtenForm([{ bucket: 'docs' }, { key: 'in/a.txt' }]);
    const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
    const page = `<form method="post" action="https://${authority}/">${inputs.join('')}</form>`;
    try {
      for (const text of [
        JSON.stringify({ method: 'PUT', url }),
        JSON.stringify({ method: 'GET', url }),
        JSON.stringify({ url: `https://${authority}/`, fields }),
        page,
        JSON.stringify({ url: linkAt(`localhost:${server.port}\\.${shownHost}`, 'https') }),
      ]) {
        const link = parseLink(text);
        if (!('problem' in link)) await send(link.url, { ca: server.ca });
        assert.ok('problem' in link && !link.problem.text.includes(fakeSignature));
      }
      assert.equal(server.connections(), 0);
    } finally {
      server.close();
    }
  });
});
