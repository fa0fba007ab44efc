import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection.js';
import { SilentServerError } from '../../../../src/core/connection/requests/limits.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { responseStarts } from '../../support/responseStarts.js';
import { useRawServer } from '../../../support/badServers.js';
import { collectGarbage } from '../../../support/garbage.js';
import { useLimitedConnection } from '../../support/limitedConnection.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';

const head = (status: string) =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/xml\r\ncontent-length: 1000\r\n\r\n`;

/** The bytes a server sends before it falls silent. */
const phases: Readonly<Record<string, string>> = {
  'before the headers': '',
  'in the headers': 'HTTP/1.1 200 OK\r\ncontent-ty',
  'between headers and body': head('200 OK'),
  'in the body': `${head('200 OK')}<?xml version="1.0"?><ListBucketResult>`,
  'in the body of an error': `${head('403 Forbidden')}<?xml version="1.0"?><Error>`,
};

const endings: Readonly<Record<string, (controller: AbortController, connection: Connection) => void>> = {
  'its signal': (controller) => {
    controller.abort();
  },
  'the end of the connection': (_controller, connection) => {
    connection.dispose();
  },
};

for (const preferredTransport of ['fetch', 'node:http'] as const) {
  describe(`an answer through ${preferredTransport} after a garbage collection`, () => {
    const open = useLimitedConnection();
    const listen = useRawServer();

    /** Sends a request to a server that falls silent, then collects the garbage of the request. */
    async function ask(sent: string, limits: { readonly silenceMs?: number } = {}) {
      const server = await listen((socket) => {
        socket.once('data', () => socket.write(sent));
      });
      const connection = await open(`http://${server.host}`, { ...limits, preferredTransport });
      const controller = new AbortController();
      const { signal } = controller;
      const begun = sent.includes('\r\n\r\n') ? responseStarts(preferredTransport) : undefined;
      const failure = rejection(listPage(connection, { bucket: 'docs', prefix: '', pageSize: 9, signal }));
      await poll(() => server.open === 1, { what: 'the request' });
      await begun;
      await collectGarbage();
      const closed = () => poll(() => server.open === 0, { what: 'the socket to be closed' });
      return { server, connection, controller, failure, closed };
    }

    for (const [phase, sent] of Object.entries(phases)) {
      for (const [by, end] of Object.entries(endings)) {
        it(`is aborted ${phase} by ${by}: AbortError, and the socket is closed`, async () => {
          const { connection, controller, failure, closed } = await ask(sent);
          end(controller, connection);
          await closed();
          assert.equal((await failure).name, 'AbortError');
        });
      }

      it(`is abandoned ${phase} after the silence limit`, async () => {
        const { server, failure, closed } = await ask(sent, { silenceMs: 1000 });
        await closed();
        const error = await failure;
        assert.ok(error instanceof SilentServerError, error.name);
        assert.equal(server.asked, 1);
      });
    }
  });
}
