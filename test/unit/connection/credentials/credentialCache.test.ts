import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AwsCredentialIdentity } from '../../../../src/core/connection/credentials/identity.js';
import { CredentialCache } from '../../../../src/core/connection/credentials/credentialCache.js';
import { poll } from '../../../support/poll.js';
import { rejection } from '../../../support/values.js';

const minute = 60_000;

/** Keys valid for an hour from when they are obtained, by a clock that only the test moves. */
function makeRing({ needsUserInput = false, lifeMs = 60 * minute } = {}) {
  const state: {
    nowMs: number;
    asked: number;
    failure: Error | undefined;
    hangs: boolean;
    stop?: AbortSignal;
  } = {
    hangs: false,
    nowMs: Date.UTC(2026, 2, 1, 10),
    asked: 0,
    failure: undefined,
  };
  const provider = (stop: AbortSignal): Promise<AwsCredentialIdentity> => {
    state.asked += 1;
    state.stop = stop;
    if (state.hangs) return once(stop, 'abort').then(() => Promise.reject(new Error('stopped')));
    if (state.failure !== undefined) return Promise.reject(state.failure);
    const expiration = Number.isFinite(lifeMs) ? { expiration: new Date(state.nowMs + lifeMs) } : {};
    return Promise.resolve({ accessKeyId: `key-${state.asked}`, secretAccessKey: 's', ...expiration });
  };
  const ring = new CredentialCache(provider, { now: () => new Date(state.nowMs), needsUserInput });
  const current = async () => (await ring.current()).accessKeyId;
  const renewed = async () => (await ring.renewed()).accessKeyId;
  const wait = (minutes: number) => {
    state.nowMs += minutes * minute;
  };
  return { state, current, renewed, wait, ring };
}

describe('CredentialCache.current', () => {
  it('keeps keys until five minutes before they expire, then requests new ones', async () => {
    const { current, wait } = makeRing();
    assert.equal(await current(), 'key-1');
    wait(54.9);
    assert.equal(await current(), 'key-1');
    wait(0.2);
    assert.equal(await current(), 'key-2');
  });

  it('keeps keys that do not expire', async () => {
    const { current, wait } = makeRing({ lifeMs: Number.POSITIVE_INFINITY });
    await current();
    wait(1_000_000);
    assert.equal(await current(), 'key-1');
  });

  it('sends one request for several callers', async () => {
    const { ring, state } = makeRing();
    await Promise.all([ring.current(), ring.current(), ring.renewed()]);
    assert.equal(state.asked, 1);
  });

  it('requests at most once a minute for keys valid for less than five', async () => {
    const { current, wait, state } = makeRing({ lifeMs: 4 * minute });
    for (let count = 0; count < 6; count += 1) {
      await current();
      wait(0.25);
    }
    assert.equal(state.asked, 2);
  });

  it('requests each time for expired keys', async () => {
    const { current, state } = makeRing({ lifeMs: -minute });
    await current();
    await current();
    assert.equal(state.asked, 2);
  });

  it('does not prompt the user before the expiry', async () => {
    const { current, wait } = makeRing({ needsUserInput: true });
    await current();
    wait(59);
    assert.equal(await current(), 'key-1');
    wait(1);
    assert.equal(await current(), 'key-2');
  });
});

describe('CredentialCache, when no other keys are available', () => {
  it('returns the current keys until they expire, then fails', async () => {
    const { current, renewed, wait, state } = makeRing();
    await current();
    state.failure = new Error('gone');
    wait(56);
    assert.equal(await current(), 'key-1');
    wait(2);
    assert.equal(await renewed(), 'key-1');
    wait(2);
    assert.equal((await rejection(current())).message, 'gone');
    assert.equal((await rejection(renewed())).message, 'gone');
  });

  it('fails if there are none, and requests again at once', async () => {
    const { current, state } = makeRing();
    state.failure = new Error('gone');
    assert.equal((await rejection(current())).message, 'gone');
    state.failure = undefined;
    assert.equal(await current(), 'key-2');
  });
});

describe('CredentialCache.renewed', () => {
  it('requests other keys, but at most once a minute', async () => {
    const { current, renewed, wait } = makeRing();
    await current();
    assert.equal(await renewed(), 'key-1');
    wait(1);
    assert.equal(await renewed(), 'key-2');
    assert.equal(await renewed(), 'key-2');
    assert.equal(await current(), 'key-2');
  });

  it('prompts the user after half of the validity, not before', async () => {
    const { renewed, wait } = makeRing({ needsUserInput: true });
    await renewed();
    wait(29);
    assert.equal(await renewed(), 'key-1');
    wait(2);
    assert.equal(await renewed(), 'key-2');
  });

  it('requests the longest validity at once where that is a separate request, at most once a minute', async () => {
    const asked: string[] = [];
    const asking = (what: string, lifeMs: number) => () => {
      asked.push(what);
      return Promise.resolve({ accessKeyId: what, secretAccessKey: 's', expiration: new Date(lifeMs) });
    };
    const now = { ms: 0 };
    const ring = new CredentialCache(asking('old', 10 * minute), {
      now: () => new Date(now.ms),
      needsUserInput: false,
      longestLived: asking('fresh', 15 * minute),
    });
    assert.equal((await ring.current()).accessKeyId, 'old');
    for (let count = 0; count < 2; count += 1) assert.equal((await ring.renewed()).accessKeyId, 'fresh');
    now.ms = minute;
    await ring.renewed();
    assert.deepEqual(asked, ['old', 'fresh', 'fresh']);
  });

  it('is cancelled when the user presses Esc', async () => {
    const { current, renewed, wait, state } = makeRing({ needsUserInput: true });
    await current();
    wait(40);
    state.failure = new DOMException('Esc', 'AbortError');
    assert.equal((await rejection(renewed())).name, 'AbortError');
    assert.equal(await current(), 'key-1');
  });
});

describe('CredentialCache, when a request is abandoned', () => {
  it('returns the result of a running renewal to a later caller, even if the first has left', async () => {
    let give: (keys: AwsCredentialIdentity) => void = () => undefined;
    const now = { ms: 0 };
    const keys = (accessKeyId: string, minutes: number) => ({
      accessKeyId,
      secretAccessKey: 's',
      expiration: new Date(minutes * minute),
    });
    const answers = [
      Promise.resolve(keys('old', 60)),
      new Promise<AwsCredentialIdentity>((resolve) => (give = resolve)),
    ];
    const provider = () => answers.shift() ?? Promise.reject(new Error('asked too often'));
    const ring = new CredentialCache(provider, { now: () => new Date(now.ms), needsUserInput: false });
    await ring.current();
    now.ms = 20 * minute;
    const abort = new AbortController();
    const left = rejection(ring.renewed(abort.signal));
    abort.abort();
    await left;
    const renewed = ring.renewed();
    give(keys('fresh', 80));
    assert.equal((await renewed).accessKeyId, 'fresh');
  });

  for (const how of ['current', 'renewed'] as const) {
    it(`returns no keys to a caller that has left, and new keys to the next: ${how}`, async () => {
      const { ring, wait, state } = makeRing();
      await ring.current();
      wait(56);
      state.hangs = true;
      const abort = new AbortController();
      const failed = rejection(ring[how](abort.signal));
      abort.abort();
      assert.equal((await failed).name, 'AbortError');
      state.hangs = false;
      await poll(() => state.stop?.aborted === true, { what: 'the end of the asking' });
      assert.equal((await ring[how]()).accessKeyId, 'key-3');
    });
  }
});
