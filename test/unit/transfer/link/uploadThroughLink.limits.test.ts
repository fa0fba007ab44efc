import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { ConnectTimeoutError } from '../../../../src/core/connection/requests/limits.js';
import type { RetryNotice } from '../../../../src/core/async/retry.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { staySilent, useBlackHole, useRawServer } from '../../../support/badServers.js';
import { useServer } from '../../../support/server.js';
import { movedTo, signedPut } from '../../support/uploadLinks.js';
import { answerUploads } from '../../support/uploadServers.js';
import { poll } from '../../../support/poll.js';
import { rejection, someBytes } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

/** Far longer than any test may take. */
const never = 600_000;
const { signal } = new AbortController();
const small = { kind: 'bytes', bytes: someBytes(100) } as const;
const big = { kind: 'bytes', bytes: someBytes(20 * 1024 * 1024) } as const;
const retryLimits = { attempts: 3, pauseMs: 20, totalMs: never } as const;

/** Asks for the body and then reads none of it. */
function takeNothing(socket: Socket): void {
  socket.once('data', () => {
    socket.pause();
    socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  });
}

describe('uploadThroughLink: a server that does not answer', () => {
  const use = useServer();
  const listen = useRawServer();
  const dig = useBlackHole();

  it('accepts no connection: abandoned after the limit', async function () {
    // Processes cannot be stopped there, see useBlackHole.
    if (process.platform === 'win32') this.skip();
    const link = movedTo(await signedPut(use), `http://${await dig()}`);
    const timeLimits = { connectMs: 300, silenceMs: never };
    const error = await rejection(uploadThroughLink(link, small, { signal, timeLimits }));
    assert.ok(error instanceof ConnectTimeoutError, error.name);
  });

  it('never completes the TLS handshake: abandoned after the limit, and the socket is closed', async () => {
    const server = await listen(staySilent);
    const link = movedTo(await signedPut(use), `https://${server.host}`);
    const timeLimits = { connectMs: 1000, silenceMs: never };
    const error = await rejection(uploadThroughLink(link, small, { signal, timeLimits }));
    assert.ok(error instanceof ConnectTimeoutError, error.name);
    await poll(() => server.open === 0, { what: 'the socket to be closed' });
  });

  const silent = [
    ['sends nothing', small, staySilent, 'LostResponseError'],
    ['reads nothing', big, takeNothing, 'SilentServerError'],
    ['reads everything and sends nothing', big, staySilent, 'LostResponseError'],
  ] as const;
  for (const [what, body, onSocket, name] of silent) {
    it(`${what}: abandoned after the limit, once, and the socket is closed`, async () => {
      const server = await listen(onSocket);
      const link = movedTo(await signedPut(use), `http://${server.host}`);
      const timeLimits = { connectMs: never, silenceMs: 1500 };
      const error = await rejection(uploadThroughLink(link, body, { signal, timeLimits, retryLimits }));
      assert.equal(error.name, name);
      assert.equal(server.asked, 1);
    });
  }

  it('is slow, but keeps reading: the upload waits', async () => {
    const link = await signedPut(use);
    // Reading the system's buffers takes a while, longer on a busy machine.
    const timeLimits = { connectMs: never, silenceMs: 8000 };
    const body = { kind: 'bytes', bytes: someBytes(40 * 1024 * 1024) } as const;
    use.server.setFault(() => ({ kind: 'slowBody', bytesPerSecond: 4 * 1024 * 1024 }));
    const started = performance.now();
    await uploadThroughLink(link, body, { signal, timeLimits });
    assert.ok(performance.now() - started > timeLimits.silenceMs);
  }).timeout(60_000);
});

describe('uploadThroughLink: a temporary failure', () => {
  const use = useServer();
  const faults = [
    ['SlowDown', { kind: 'status', status: 503, code: 'SlowDown' }, 'busy'],
    ['a 500 response', { kind: 'status', status: 500, code: 'InternalError' }, 'busy'],
    ['a dropped connection', { kind: 'drop' }, 'dropped'],
  ] as const;

  for (const [what, fault, reason] of faults) {
    for (const [size, body] of [['small', small] as const, ['big', big] as const]) {
      it(`${what}, ${size}: the whole body is sent again, with a notice`, async () => {
        const link = await signedPut(use);
        let asked = 0;
        use.server.setFault(() => (asked++ === 0 ? fault : undefined));
        const notices: RetryNotice[] = [];
        const onRetry = (notice: RetryNotice) => notices.push(notice);
        await uploadThroughLink(link, body, { signal, retryLimits, onRetry });
        assert.ok(use.server.getObject('docs', 'a')?.body.equals(body.bytes) === true);
        assert.equal(asked, 2);
        assert.deepEqual(notices, [{ attempt: 2, attempts: 3, reason }]);
      });
    }

    it(`${what}: abandoned after three attempts`, async () => {
      const link = await signedPut(use);
      let asked = 0;
      use.server.setFault(() => {
        asked += 1;
        return fault;
      });
      await rejection(uploadThroughLink(link, small, { signal, retryLimits }));
      assert.equal(asked, 3);
    });
  }
});

describe('uploadThroughLink: a permanent failure', () => {
  const use = useServer();
  const listen = useRawServer();

  for (const status of [400, 403, 404, 412, 501]) {
    it(`is not retried: ${status}`, async () => {
      const link = await signedPut(use);
      let asked = 0;
      use.server.setFault(() => {
        asked += 1;
        return { kind: 'status', status, code: 'Refused' };
      });
      await rejection(uploadThroughLink(link, small, { signal, retryLimits }));
      assert.equal(asked, 1);
    });
  }

  it('a create-only link is not retried once its bytes may have arrived', async () => {
    const server = await listen((socket) => socket.once('data', () => socket.destroy()));
    const createOnly = movedTo(await signedPut(use, { kind: 'putCreateOnly' }), `http://${server.host}`);
    await rejection(uploadThroughLink(createOnly, small, { signal, retryLimits }));
    assert.equal(server.asked, 1);
    const plain = movedTo(await signedPut(use), `http://${server.host}`);
    await rejection(uploadThroughLink(plain, small, { signal, retryLimits }));
    assert.equal(server.asked, 1 + 3);
  });

  it('cancelled while it waits for a retry: AbortError at once', async () => {
    const link = await signedPut(use);
    use.server.setFault(() => ({ kind: 'drop' }));
    const controller = new AbortController();
    const patient = { ...retryLimits, pauseMs: never };
    const onRetry = () => {
      controller.abort();
    };
    const options = { signal: controller.signal, retryLimits: patient, onRetry };
    assert.equal((await rejection(uploadThroughLink(link, big, options))).name, 'AbortError');
  });
});

describe('uploadThroughLink: a dropped connection', () => {
  const use = useServer();

  it('is not retried later than the limit allows', async () => {
    const link = await signedPut(use);
    let asked = 0;
    use.server.setFault(() => {
      asked += 1;
      return { kind: 'drop' };
    });
    const tooLate = { ...retryLimits, totalMs: 0 };
    const error = await rejection(uploadThroughLink(link, big, { signal, retryLimits: tooLate }));
    assert.match(String((error as NodeJS.ErrnoException).code), /ECONNRESET|EPIPE/);
    assert.equal(asked, 1);
  });

  it('is reported rather than the expiry of its link during the retries', async () => {
    const link = await signedPut(use);
    let asked = 0;
    use.server.setFault(() => {
      asked += 1;
      use.now = new Date(link.expiresAt.getTime() + 1000);
      return asked === 1 ? { kind: 'drop' } : undefined;
    });
    const error = await rejection(uploadThroughLink(link, big, { signal, retryLimits }));
    assert.match(String((error as NodeJS.ErrnoException).code), /ECONNRESET|EPIPE/);
    assert.equal(asked, 2);
  });
});

describe('uploadThroughLink: the user agent', () => {
  const use = useServer();

  it('is the given one', async () => {
    await uploadThroughLink(await signedPut(use), small, { signal, userAgent: 'signpost/1.2.3' });
    const record = await use.server.waitForRequest(({ operation }) => operation === 'PutObject');
    assert.equal(record.headers['user-agent'], 'signpost/1.2.3');
  });
});

describe('uploadThroughLink: a server without support for Expect', () => {
  const listen = useListener();

  it('answers 417 and gets the body without it, in the same attempt', async () => {
    const seen: unknown[] = [];
    const endpoint = await listen(
      answerUploads((body) => {
        seen.push(body.equals(big.bytes));
        return {};
      }),
      (request, response) => {
        seen.push(request.headers.expect);
        response.writeHead(417, { connection: 'close' }).end();
      },
    );
    const onlyOnce = { ...retryLimits, attempts: 1 };
    const link = { method: 'PUT', url: `${endpoint}/docs/a`, headers: {} };
    await uploadThroughLink(link, big, { signal, retryLimits: onlyOnce });
    assert.deepEqual(seen, ['100-continue', true]);
  });

  it('is reported when it answers 417 to a request without Expect', async () => {
    const endpoint = await listen(answerUploads(() => ({ status: 417 })));
    const link = { method: 'PUT', url: `${endpoint}/docs/a`, headers: {} };
    const error = await rejection(uploadThroughLink(link, small, { signal, retryLimits }));
    assert.equal(error.name, 'LinkRefusedError');
  });
});
