import assert from 'node:assert/strict';
import type { RetryNotice } from '../../../../src/core/async/retry.js';
import { listBuckets } from '../../../../src/core/storage/buckets.js';
import type { FaultAnswer } from '../../../servers/strictS3/types.js';
import { useRawServer } from '../../../support/badServers.js';
import { alice } from '../../../support/identities.js';
import { keySettings, profileText } from '../../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../../support/server.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';

const retryLimits = { attempts: 3, pauseMs: 20, totalMs: 60_000 } as const;

/** Makes the first requests fail; gives the number of requests so far. */
function failFirst(use: ServerUse, { count, fault }: { count: number; fault: FaultAnswer }): () => number {
  let asked = 0;
  use.server.setFault(() => {
    asked += 1;
    return asked <= count ? fault : undefined;
  });
  return () => asked;
}

const passing: Readonly<Record<string, { readonly fault: FaultAnswer; readonly reason: string }>> = {
  SlowDown: { fault: { kind: 'status', status: 503, code: 'SlowDown' }, reason: 'busy' },
  'a 500 response': { fault: { kind: 'status', status: 500, code: 'InternalError' }, reason: 'busy' },
  'a 503 response': { fault: { kind: 'status', status: 503, code: 'ServiceUnavailable' }, reason: 'busy' },
  'a dropped connection': { fault: { kind: 'drop' }, reason: 'dropped' },
};

describe('a request that fails temporarily', () => {
  const use = useServer();

  for (const [what, { fault, reason }] of Object.entries(passing)) {
    it(`is sent again after ${what}, with a notice each time`, async () => {
      const asked = failFirst(use, { count: 2, fault });
      const connection = await use.connect('alice', { retryLimits });
      const notices: RetryNotice[] = [];
      const buckets = await connection.withRetryListener(
        (notice) => notices.push(notice),
        () => listBuckets(connection),
      );
      assert.equal(buckets.length, 2);
      assert.equal(asked(), 3);
      assert.deepEqual(notices, [
        { attempt: 2, attempts: 3, reason },
        { attempt: 3, attempts: 3, reason },
      ]);
    });

    it(`is abandoned after three attempts with ${what}`, async () => {
      const asked = failFirst(use, { count: 100, fault });
      await rejection(listBuckets(await use.connect('alice', { retryLimits })));
      assert.equal(asked(), 3);
    });
  }

  it('notifies only its own caller', async () => {
    failFirst(use, { count: 1, fault: { kind: 'drop' } });
    const connection = await use.connect('alice', { retryLimits });
    const told: string[] = [];
    const list = (name: string) =>
      connection.withRetryListener(
        () => told.push(name),
        () => listBuckets(connection),
      );
    await list('first');
    await list('second');
    assert.deepEqual(told, ['first']);
  });
});

describe('a connection dropped in the middle of an answer', () => {
  const use = useServer();
  const listen = useRawServer();

  it('is replaced for the next attempt', async () => {
    const server = await listen((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: 1000\r\n\r\n<?xml');
        socket.end();
      });
    });
    const settings = { ...keySettings(alice), endpoint_url: `http://${server.host}` };
    use.aws.write({ credentials: profileText('alice', settings) });
    await rejection(listBuckets(await use.connect('alice', { retryLimits })));
    assert.equal(server.asked, 3);
  });
});

describe('a request that fails permanently', () => {
  const use = useServer();

  for (const status of [400, 403, 404, 501]) {
    it(`is sent once: ${status}`, async () => {
      const asked = failFirst(use, { count: 100, fault: { kind: 'status', status, code: 'Refused' } });
      await rejection(listBuckets(await use.connect('alice', { retryLimits })));
      assert.equal(asked(), 1);
    });
  }

  it('is not sent again when the next attempt would begin too late', async () => {
    const asked = failFirst(use, { count: 100, fault: { kind: 'drop' } });
    await rejection(listBuckets(await use.connect('alice', { retryLimits: { ...retryLimits, totalMs: 5 } })));
    assert.equal(asked(), 1);
  });
});

describe('a request that waits for its next attempt', () => {
  const use = useServer();
  const patient = { ...retryLimits, pauseMs: 600_000, totalMs: 6_000_000 };

  it('is aborted by its signal at once', async () => {
    const asked = failFirst(use, { count: 100, fault: { kind: 'status', status: 503, code: 'SlowDown' } });
    const connection = await use.connect('alice', { retryLimits: patient });
    const controller = new AbortController();
    const failure = connection.withRetryListener(
      () => {
        controller.abort();
      },
      () => rejection(listBuckets(connection, controller.signal)),
    );
    assert.equal((await failure).name, 'AbortError');
    assert.equal(asked(), 1);
  });

  it('fails at once when the connection is closed, and is not sent again', async () => {
    const asked = failFirst(use, { count: 100, fault: { kind: 'status', status: 503, code: 'SlowDown' } });
    const connection = await use.connect('alice', { retryLimits: patient });
    let isTold = false;
    const failure = connection.withRetryListener(
      () => (isTold = true),
      () => rejection(listBuckets(connection)),
    );
    await poll(() => isTold, { what: 'the first failure' });
    connection.dispose();
    await failure;
    assert.equal(asked(), 1);
  });
});
