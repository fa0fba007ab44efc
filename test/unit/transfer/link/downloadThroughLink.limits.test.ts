import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SilentServerError } from '../../../../src/core/connection/requests/limits.js';
import { inspectLink, saveThroughLink } from '../../../../src/core/transfer/link/downloadThroughLink.js';
import { useFolder } from '../../support/folders.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

const { signal } = new AbortController();

function linkAt(address: string) {
  return { url: `${address}/b/k?x=y`, key: 'k', headers: {} };
}

describe('a download from a server that stays busy', () => {
  const serve = useListener();

  it('is not retried after the total limit', async () => {
    let asked = 0;
    const address = await serve((_, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    // The first pause takes at least half a second.
    const retryLimits = { attempts: 3, pauseMs: 1000, totalMs: 400 };
    const error = await rejection(inspectLink(linkAt(address), { signal, retryLimits }));
    assert.deepEqual([error.name, asked], ['LinkRefusedError', 1]);
  });
});

/** Lets a test collect garbage without a flag for the whole process. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

describe('a download after a garbage collection in the middle of its body', () => {
  const folder = useFolder();
  const serve = useListener();
  const collect = collector();

  /** Saves from a server that sends a beginning and falls silent; then collects garbage. */
  async function stall(options: { readonly signal: AbortSignal; readonly silenceMs: number }) {
    let isClosed = false;
    const address = await serve((request, response) => {
      request.socket.once('close', () => (isClosed = true));
      response.writeHead(200, { 'content-length': 1000 }).write('some');
    });
    let received = 0;
    const saving = rejection(
      saveThroughLink(
        linkAt(address),
        { path: join(folder.path, 'a'), overwrite: false },
        {
          signal: options.signal,
          timeLimits: { connectMs: 60_000, silenceMs: options.silenceMs },
          onProgress: (bytes) => (received = bytes),
        },
      ),
    );
    await poll(() => received > 0, { what: 'the beginning' });
    for (let count = 0; count < 3; count += 1) {
      collect();
      await new Promise(setImmediate);
    }
    const ended = async () => {
      const error = await saving;
      await poll(() => isClosed, { what: 'the end of the connection' });
      assert.deepEqual(readdirSync(folder.path), []);
      return error;
    };
    return { ended };
  }

  it('can still be cancelled', async () => {
    const abort = new AbortController();
    const { ended } = await stall({ signal: abort.signal, silenceMs: 60_000 });
    abort.abort();
    assert.equal((await ended()).name, 'AbortError');
  });

  it('still fails when the server stays silent', async () => {
    const { ended } = await stall({ signal, silenceMs: 1500 });
    assert.ok((await ended()) instanceof SilentServerError);
  });
});
