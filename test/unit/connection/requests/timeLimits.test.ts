import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { Connection } from '../../../../src/core/connection/connection.js';
import { ConnectTimeoutError, SilentServerError } from '../../../../src/core/connection/requests/limits.js';
import { listBuckets } from '../../../../src/core/storage/buckets.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { getObjectEntry } from '../../../../src/core/storage/objects.js';
import { staySilent, stopInBody, useBlackHole, useRawServer } from '../../../support/badServers.js';
import { portOf } from '../../../support/ports.js';
import { assertExplained } from '../../support/explanations.js';
import { useLimitedConnection } from '../../support/limitedConnection.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';

/** One request through `fetch`, and one through `node:http`, which handles keys with dot segments. */
const ways: Readonly<Record<string, (connection: Connection) => Promise<unknown>>> = {
  'a listing': (connection) => listPage(connection, { bucket: 'docs', prefix: '', pageSize: 10 }),
  'an object with dot segments': (connection) =>
    getObjectEntry(connection, { bucket: 'docs', key: 'a/../b' }),
};

describe('a server that does not accept connections', () => {
  const open = useLimitedConnection();
  const listen = useRawServer();
  const dig = useBlackHole();

  for (const [what, ask] of Object.entries(ways)) {
    it(`is abandoned after the connect limit: ${what}`, async function () {
      // Processes cannot be stopped there, see useBlackHole.
      if (process.platform === 'win32') this.skip();
      const connection = await open(`http://${await dig()}`, { connectMs: 300 });
      const error = await rejection(ask(connection));
      assert.ok(error instanceof ConnectTimeoutError, error.name);
      assertExplained(error, { text: /^Could not connect .+ within 0\.3 seconds\./, remedy: 'retry' });
    });

    it(`is abandoned if it never completes the TLS handshake: ${what}`, async () => {
      const server = await listen(staySilent);
      const connection = await open(`https://${server.host}`, { connectMs: 1000 });
      assert.ok((await rejection(ask(connection))) instanceof ConnectTimeoutError);
      // There is no second attempt: the user has waited long enough.
      assert.equal(server.asked, 1);
    });
  }
});

describe('a server that stays silent', () => {
  const open = useLimitedConnection();
  const listen = useRawServer();

  for (const [what, ask] of Object.entries(ways)) {
    it(`is abandoned after the silence limit: ${what}`, async () => {
      const server = await listen(staySilent);
      const connection = await open(`http://${server.host}`, { silenceMs: 1200 });
      const error = await rejection(ask(connection));
      assert.ok(error instanceof SilentServerError, error.name);
      assertExplained(error, { text: /sent nothing for 1\.2 seconds/, remedy: 'retry' });
      assert.equal(server.asked, 1);
      await poll(() => server.open === 0, { what: 'the socket to be closed' });
    });

    it(`is not reported as unreachable: ${what}`, async () => {
      const server = await listen(staySilent);
      const connection = await open(`http://${server.host}`, { connectMs: 2000, silenceMs: 2500 });
      assert.ok((await rejection(ask(connection))) instanceof SilentServerError);
    });
  }

  it('is abandoned in the middle of an answer', async () => {
    const server = await listen(stopInBody);
    const connection = await open(`http://${server.host}`, { silenceMs: 300 });
    assert.ok((await rejection(listBuckets(connection))) instanceof SilentServerError);
    await poll(() => server.open === 0, { what: 'the socket to be closed' });
  });
});

describe('a server that is slow but not silent', () => {
  const open = useLimitedConnection();

  it('is not abandoned, however long the whole answer takes', async () => {
    const silenceMs = 2000;
    const xml = '<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>';
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': xml.length });
      const pieces = [...(xml.match(/.{1,12}/g) ?? [])];
      const timer = setInterval(() => {
        response.write(pieces.shift());
        if (pieces.length > 0) return;
        clearInterval(timer);
        response.end();
      }, silenceMs / 4);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const started = performance.now();
    const connection = await open(`http://127.0.0.1:${portOf(server.address())}`, { silenceMs });
    assert.deepEqual(await listBuckets(connection), []);
    assert.ok(performance.now() - started > silenceMs);
    server.close();
  });
});

describe('an aborted request', () => {
  const open = useLimitedConnection();
  const listen = useRawServer();

  for (const [what, onSocket] of [['waiting', staySilent] as const, ['reading', stopInBody] as const]) {
    for (const by of ['its signal', 'the end of the connection'] as const) {
      it(`while ${what}, by ${by}: AbortError, and the socket is closed`, async () => {
        const server = await listen(onSocket);
        const connection = await open(`http://${server.host}`);
        const controller = new AbortController();
        const failure = rejection(listBuckets(connection, controller.signal));
        await poll(() => server.open === 1, { what: 'the request' });
        if (by === 'its signal') controller.abort();
        else connection.dispose();
        assert.equal((await failure).name, 'AbortError');
        await poll(() => server.open === 0, { what: 'the socket to be closed' });
        assert.equal(server.asked, 1);
      });
    }
  }
});
