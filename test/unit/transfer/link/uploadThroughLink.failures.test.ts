import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { LinkRefusedError } from '../../../../src/core/transfer/refusals/linkRefusedError.js';
import {
  assertFitsPut,
  bodySizeBytes,
  maxPutBytes,
  TooLargeError,
} from '../../../../src/core/transfer/link/uploadBody.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { useRawServer } from '../../../support/badServers.js';
import { startCountingProxy } from '../../../support/countingProxy.js';
import { useServer } from '../../../support/server.js';
import { poll } from '../../../support/poll.js';
import { rejection, someBytes } from '../../../support/values.js';
import { movedTo, signedPut } from '../../support/uploadLinks.js';
import { useListener } from '../../support/webServer.js';

const megabyte = 1024 * 1024;
const never = new AbortController().signal;
const onlyOnce = { signal: never, retryLimits: { attempts: 1, pauseMs: 0, totalMs: 0 } } as const;
const big = { kind: 'bytes', bytes: someBytes(20 * megabyte) } as const;
const small = { kind: 'bytes', bytes: someBytes(100) } as const;

async function refusalOf(upload: Promise<unknown>): Promise<LinkRefusedError['refusal']> {
  const error = await rejection(upload);
  assert.ok(error instanceof LinkRefusedError, `${error.name} is not what S3 said`);
  return error.refusal;
}

describe('uploadThroughLink: aborted', () => {
  const use = useServer();

  it('before it begins: nothing is sent', async () => {
    const link = await signedPut(use);
    use.server.clearRequests();
    const error = await rejection(uploadThroughLink(link, small, { signal: AbortSignal.abort() }));
    assert.equal(error.name, 'AbortError');
    assert.equal(use.server.requests.length, 0);
  });

  it('in the middle of the bytes: AbortError, and nothing is stored', async () => {
    const link = await signedPut(use);
    use.server.setFault(() => ({ kind: 'slowBody', bytesPerSecond: 2 * megabyte }));
    const controller = new AbortController();
    const upload = rejection(
      uploadThroughLink(link, big, {
        signal: controller.signal,
        onProgress: (sentBytes) => {
          if (sentBytes > megabyte) controller.abort();
        },
      }),
    );
    assert.equal((await upload).name, 'AbortError');
    const record = await use.server.waitForRequest(({ operation }) => operation === 'PutObject');
    assert.equal(record.status, 0);
    assert.ok(record.bodyBytes < big.bytes.byteLength);
    assert.deepEqual(use.server.keys('docs'), []);
  });

  const awaited = [
    { what: 'small', body: small, failure: 'StoppedAfterSendingError' },
    { what: 'big, before the server requests the body', body: big, failure: 'AbortError' },
  ] as const;
  for (const { what, body, failure } of awaited) {
    it(`while the answer is pending, ${what}: ${failure} at once`, async () => {
      const link = await signedPut(use);
      const arrived = use.hang('PutObject');
      const controller = new AbortController();
      const upload = rejection(uploadThroughLink(link, body, { signal: controller.signal }));
      await arrived;
      controller.abort();
      assert.equal((await upload).name, failure);
      await use.server.waitForRequest(({ operation, status }) => operation === 'PutObject' && status === 0);
      assert.deepEqual(use.server.keys('docs'), []);
    });
  }
});

describe('uploadThroughLink: refused', () => {
  const use = useServer();

  for (const [what, body] of [['small', small] as const, ['big', big] as const]) {
    it(`an expired link, ${what}: S3's own reason`, async () => {
      const link = await signedPut(use);
      use.now = new Date(link.expiresAt.getTime() + 1000);
      const refusal = await refusalOf(uploadThroughLink(link, body, { signal: never }));
      assert.deepEqual(
        [refusal.status, refusal.code, refusal.reason],
        [403, 'AccessDenied', 'Request has expired'],
      );
      assert.deepEqual(use.server.keys('docs'), []);
    });
  }

  it('a big body is not sent when S3 refuses beforehand', async () => {
    const link = await signedPut(use);
    use.now = new Date(link.expiresAt.getTime() + 1000);
    await refusalOf(uploadThroughLink(link, big, { signal: never }));
    const record = await use.server.waitForRequest(({ operation }) => operation === 'PutObject');
    assert.equal(record.bodyBytes, 0);
  });

  it('an existing object, through a create-only link', async () => {
    use.server.putObject('docs', 'a', 'first');
    const link = await use.sign({ kind: 'putCreateOnly', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
    assert.equal((await refusalOf(uploadThroughLink(link, big, { signal: never }))).status, 412);
    assert.equal(use.server.getObject('docs', 'a')?.body.toString(), 'first');
  });
});

describe('uploadThroughLink: answers that are not a refusal by S3', () => {
  const use = useServer();

  it('a server error', async () => {
    const link = await signedPut(use);
    use.server.setFault(() => ({ kind: 'status', status: 503, code: 'SlowDown' }));
    assert.equal((await refusalOf(uploadThroughLink(link, small, onlyOnce))).code, 'SlowDown');
  });

  it('a redirect is not followed', async () => {
    const link = await signedPut(use);
    const elsewhere = await startCountingProxy(use.server.endpoint);
    use.server.setFault(({ operation }) =>
      operation === 'PutObject'
        ? {
            kind: 'status',
            status: 307,
            code: 'TemporaryRedirect',
            headers: { location: elsewhere.endpoint },
          }
        : undefined,
    );
    const refusal = await refusalOf(uploadThroughLink(link, small, { signal: never }));
    await elsewhere.close();
    assert.deepEqual([refusal.status, refusal.code], [307, 'TemporaryRedirect']);
    assert.equal(elsewhere.opened, 0);
  });
});

describe('uploadThroughLink: too large for one PUT', () => {
  const use = useServer();

  it('is refused without opening a connection', async () => {
    const link = await signedPut(use);
    const proxy = await startCountingProxy(use.server.endpoint);
    const body = { kind: 'file', path: '/missing', sizeBytes: maxPutBytes + 1 } as const;
    const error = await rejection(uploadThroughLink(movedTo(link, proxy.endpoint), body, { signal: never }));
    await proxy.close();
    assert.ok(error instanceof TooLargeError);
    assert.equal(proxy.opened, 0);
  });

  it('5 GiB is not too large', () => {
    assertFitsPut(maxPutBytes);
    assert.equal(maxPutBytes, 5_368_709_120);
    assert.throws(() => {
      assertFitsPut(maxPutBytes + 1);
    }, TooLargeError);
  });

  it('depends on the size of the body', () => {
    assert.equal(bodySizeBytes({ kind: 'bytes', bytes: new Uint8Array(7) }), 7);
    assert.equal(bodySizeBytes({ kind: 'file', path: '/missing', sizeBytes: 8 }), 8);
  });
});

describe('uploadThroughLink: servers that do not behave like S3', () => {
  const use = useServer();
  const listen = useListener();
  const listenRaw = useRawServer();

  it('one that never requests the body gets it after a while', async () => {
    let received = 0;
    const hangUp: RequestListener = (request) => request.destroy();
    const endpoint = await listen(hangUp, (request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.byteLength));
      request.on('end', () => response.end());
    });
    const link = movedTo(await signedPut(use), endpoint);
    await uploadThroughLink(link, big, { signal: never });
    assert.equal(received, big.bytes.byteLength);
  });

  it('one that refuses early and closes the connection while bytes are being sent: its answer is reported', async () => {
    const server = await listenRaw((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 100 Continue\r\n\r\n');
        socket.once('data', () => {
          const xml = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
          socket.end(
            `HTTP/1.1 403 Forbidden\r\ncontent-length: ${xml.length}\r\nconnection: close\r\n\r\n${xml}`,
          );
        });
      });
    });
    const link = movedTo(await signedPut(use), `http://${server.host}`);
    assert.equal((await refusalOf(uploadThroughLink(link, big, { signal: never }))).code, 'AccessDenied');
  });

  it('one that closes the connection without an answer', async () => {
    let taken = 0;
    const server = await listenRaw((socket) => {
      taken += 1;
      socket.destroy();
    });
    const link = movedTo(await signedPut(use), `http://${server.host}`);
    const ofBig = await rejection(uploadThroughLink(link, big, onlyOnce));
    assert.match(String((ofBig as NodeJS.ErrnoException).code), /ECONNRESET|EPIPE/);
    // Small enough to be sent in full before the end of the connection is noticed.
    assert.equal((await rejection(uploadThroughLink(link, small, onlyOnce))).name, 'LostResponseError');
    await poll(() => taken === 2, { what: 'both connections' });
  });
});
