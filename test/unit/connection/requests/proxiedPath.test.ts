import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as openRequest, type Server } from 'node:http';
import { HttpProxyAgent } from 'http-proxy-agent';
import { failOnOtherPath } from '../../../../src/core/connection/requests/proxiedPath.js';
import { formatMessage, MessageError } from '../../../../src/core/failures/message.js';
import { portOf } from '../../../support/ports.js';

/** Sends a body to a path of a host that only the proxy knows. Rejects if nothing was sent. */
async function sendThrough(proxy: string, { path, host }: { path: string; host: string }) {
  const agent = new HttpProxyAgent(proxy);
  const request = openRequest({
    agent,
    method: 'PUT',
    hostname: 'store.example',
    port: 9000,
    path,
    headers: { host },
  });
  failOnOtherPath(request, path);
  request.end('content');
  const [answer] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  answer.resume();
}

const elsewhere = [
  '/team/../evil/x',
  '/team/%2e%2E/evil/x',
  '/team/.%2e/x?y=1',
  '/team/./x',
  '/team/..',
  '/%2e',
  String.raw`/team\..\evil`,
  '//evil.example/x',
  String.raw`/\evil.example/x`,
  '//x/../y',
];

const same = [
  ['/team/x'],
  ['/team//x..y/...'],
  ['/team/%2F..%2Fx'],
  ['/team/%5C..%5Cx'],
  ['/team/x?a=../b&c=%2e%2e'],
  [`/team/it's {a} <b> "c"?d='e'`.replaceAll(' ', '%20')],
  ['/team/50%'],
  ['/team/x', 'STORE.example:9000'],
] as const;

describe('a plain HTTP request through a proxy', () => {
  const asked: (string | undefined)[] = [];
  let server: Server;
  let proxy = '';
  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url);
      response.end();
    });
    server.on('connection', (socket) => socket.on('data', () => asked.push(undefined)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    proxy = `http://127.0.0.1:${portOf(server.address())}`;
  });
  beforeEach(() => asked.splice(0));
  after(() => {
    server.close().closeAllConnections();
  });

  for (const path of elsewhere) {
    it(`is not sent if the proxy would request something else: ${path}`, async () => {
      await assert.rejects(sendThrough(proxy, { path, host: 'store.example:9000' }), (error) => {
        assert.ok(error instanceof MessageError, String(error));
        assert.match(
          formatMessage(error.userMessage),
          /not sent\..* store\.example to the setting http\.noProxy/,
        );
        return true;
      });
      assert.deepEqual(asked, []);
    });
  }

  for (const [path, host = 'store.example:9000'] of same) {
    it(`is sent if the path stays the same: ${path} at ${host}`, async () => {
      await sendThrough(proxy, { path, host });
      const [sent] = asked.filter((url) => url !== undefined);
      const { href } = new URL(path, 'http://store.example:9000');
      assert.equal(sent, href);
    });
  }
});

describe('a plain HTTP request without a proxy', () => {
  it('keeps its path', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.end();
    });
    try {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const path = '//team/../evil/%2e/x';
      const request = openRequest({ port: portOf(server.address()), host: '127.0.0.1', path });
      failOnOtherPath(request, path);
      request.end();
      const [answer] = (await once(request, 'response')) as [NodeJS.ReadableStream];
      answer.resume();
      assert.deepEqual(asked, [path]);
    } finally {
      server.close().closeAllConnections();
    }
  });
});
