import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/failures/explain.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { listPage } from '../../../../src/core/storage/listing.js';
import { useRawServer } from '../../../support/badServers.js';
import { useLimitedConnection } from '../../support/limitedConnection.js';
import { oddResponses, compressedResponses } from '../../support/oddResponses.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';

const answers = { fetch: { ...oddResponses, ...compressedResponses }, 'node:http': oddResponses } as const;

for (const preferredTransport of ['fetch', 'node:http'] as const) {
  describe(`a listing through ${preferredTransport} answered by`, () => {
    const open = useLimitedConnection();
    const listen = useRawServer();

    for (const [what, { answer, text, isWhole }] of Object.entries(answers[preferredTransport])) {
      it(`${what}: fails within the limits, with a message`, async () => {
        // Other answers end by themselves, however slowly a busy machine reads them.
        const silenceMs = text.test('The server sent nothing for 0.2 seconds') ? 200 : 30_000;
        const server = await listen((socket) => {
          socket.once('data', () => {
            answer(socket);
          });
        });
        const connection = await open(`http://${server.host}`, {
          silenceMs,
          preferredTransport,
          attempts: 1,
        });
        const error = await rejection(listPage(connection, { bucket: 'docs', prefix: '', pageSize: 300 }));
        const shown = formatMessage(explain(error).message);
        assert.match(shown, text);
        if (isWhole !== true) await poll(() => server.open === 0, { what: 'the socket to be closed' });
      });
    }
  });
}
