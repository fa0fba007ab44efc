import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turnOfLoop, setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../../../../src/core/connection/credentials/renewalLock.js';
import { useFolder } from '../../support/folders.js';
import { poll } from '../../../support/poll.js';

/** Simulated time, passing quickly and at the same pace for all who wait. */
async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  for (let passed = 0; passed < ms; passed += 25) {
    signal?.throwIfAborted();
    await turnOfLoop();
  }
  signal?.throwIfAborted();
}

/**
 * Simulated time, ten times as fast as real time: where several tasks run, one that the machine keeps waiting for a
 * moment must not appear to be gone.
 */
async function waitATenth(ms: number, signal?: AbortSignal): Promise<void> {
  await pause(ms / 10, undefined, { signal });
}

function useToken() {
  const folder = useFolder();
  const token = () => join(folder.path, 'token.json');
  const lock = () => `${token()}.signpost-lock`;

  /** Creates the lock of a window that ended in the middle of its turn. */
  function leaveLock(id: string, takenAtSeconds: number): void {
    mkdirSync(lock());
    writeFileSync(join(lock(), id), '');
    utimesSync(join(lock(), id), takenAtSeconds, takenAtSeconds);
  }
  return { folder, token, lock, leaveLock };
}

describe('withLock among several windows', () => {
  const { folder, token, lock, leaveLock } = useToken();

  const nextYear = Date.now() / 1000 + 365 * 24 * 3600;
  const locks: Readonly<Record<string, () => void>> = {
    'no lock': () => undefined,
    'a stale lock': () => {
      leaveLock('gone', 1);
    },
    'a lock dated next year': () => {
      leaveLock('gone', nextYear);
    },
    'a partly removed lock': () => {
      mkdirSync(lock());
    },
  };

  for (const [what, leave] of Object.entries(locks)) {
    it(`runs one task at a time with ${what}, and leaves no lock`, async () => {
      leave();
      let [running, most] = [0, 0];
      const work = async () => {
        running += 1;
        most = Math.max(most, running);
        // Gives the others time to start as well.
        for (let count = 0; count < 200; count += 1) await stat(folder.path);
        running -= 1;
      };
      await Promise.all([1, 2, 3, 4, 5, 6].map(() => withLock(token(), work, { wait: waitATenth })));
      assert.deepEqual([most, readdirSync(folder.path)], [1, []]);
    });
  }
});

describe('withLock', () => {
  const { folder, token, lock, leaveLock } = useToken();

  it('waits for a window that takes a minute and is still running', async () => {
    const order: string[] = [];
    const second = { waitedMs: 0 };
    const first = withLock(
      token(),
      async () => {
        await poll(() => second.waitedMs >= 60_000, { what: 'a minute', limitMs: 20_000 });
        order.push('first');
      },
      { wait },
    );
    await poll(() => existsSync(lock()), { what: 'the first turn' });
    await withLock(token(), () => Promise.resolve(order.push('second')), {
      wait: async (ms, signal) => {
        second.waitedMs += ms;
        await wait(ms, signal);
      },
    });
    await first;
    assert.deepEqual([order, readdirSync(folder.path)], [['first', 'second'], []]);
  });

  it('takes over only after a window has shown no activity for ten seconds', async () => {
    leaveLock('gone', 1);
    let waitedMs = 0;
    const tookMs = await withLock(token(), () => Promise.resolve(waitedMs), {
      wait: (ms) => {
        waitedMs += ms;
        // After five seconds another window has taken over, and it ends as well.
        if (waitedMs === 5000) renameSync(join(lock(), 'gone'), join(lock(), 'other'));
        return Promise.resolve();
      },
    });
    // It notices the other window a moment later.
    assert.equal(tookMs, 15_025);
  });
});

describe('withLock with a lock that contains several files', () => {
  const { folder, token, lock, leaveLock } = useToken();

  it('takes over after none of them has changed for ten seconds', async () => {
    leaveLock('gone', 1);
    writeFileSync(join(lock(), 'stray'), '');
    let waitedMs = 0;
    const tookMs = await withLock(token(), () => Promise.resolve(waitedMs), {
      wait: (ms) => {
        waitedMs += ms;
        return Promise.resolve();
      },
    });
    assert.deepEqual([tookMs, readdirSync(folder.path)], [10_025, []]);
  });
});

describe('withLock with the lock of a running window, next to a broken symbolic link', () => {
  const { token, lock, leaveLock } = useToken();

  it('waits as long as that window shows activity', async () => {
    leaveLock('runs', 1);
    symlinkSync('nothing', join(lock(), 'link'));
    let waitedMs = 0;
    const tookMs = await withLock(token(), () => Promise.resolve(waitedMs), {
      wait: (ms) => {
        waitedMs += ms;
        if (waitedMs <= 60_000) utimesSync(join(lock(), 'runs'), waitedMs, waitedMs);
        return Promise.resolve();
      },
    });
    assert.ok(tookMs >= 70_000, String(tookMs));
  });
});

describe('withLock with the lock of another window', () => {
  const { folder, token, lock } = useToken();

  it('keeps the lock of a window that took over', async () => {
    await withLock(
      token(),
      () => {
        const [id] = readdirSync(lock());
        renameSync(join(lock(), String(id)), join(lock(), 'other'));
        return Promise.resolve();
      },
      { wait },
    );
    assert.deepEqual(readdirSync(lock()), ['other']);
  });

  it('proceeds at once if a file has the name of the lock, and keeps the file', async () => {
    writeFileSync(lock(), 'foreign');
    const noWait = () => assert.fail('a file is nobody’s turn');
    assert.equal(await withLock(token(), () => Promise.resolve('done'), { wait: noWait }), 'done');
    assert.deepEqual(readdirSync(folder.path), ['token.json.signpost-lock']);
  });
});
