import assert from 'node:assert/strict';
import { ServerClock } from '../../../../src/core/connection/requests/serverClock.js';
import { localTime } from '../../../../src/core/text/format.js';

const start = Date.UTC(2026, 2, 1, 10, 0, 0);
const minute = 60_000;

/** A clock of this machine that only the test moves. */
function makeClock() {
  const told: number[] = [];
  let [local, steadyMs] = [start, 1000];
  const clock = new ServerClock({
    local: () => new Date(local),
    monotonicMs: () => steadyMs,
    onChange: (offsetMs) => told.push(offsetMs),
  });
  const pass = (ms: number) => {
    local += ms;
    steadyMs += ms;
  };
  const set = (byMs: number) => {
    local += byMs;
  };
  const answer = (aheadMs: number, tookMs = 0) => {
    const sentAt = new Date(local);
    pass(tookMs);
    clock.learn(new Date(sentAt.getTime() + tookMs / 2 + aheadMs).toUTCString(), sentAt);
  };
  return { clock, told, answer, pass, set };
}

describe('ServerClock', () => {
  const rows: readonly (readonly [what: string, aheadMs: number, offsetMs: number])[] = [
    ['no difference', 0, 0],
    ['half a minute', 30_000, 0],
    ['a minute', minute, 0],
    ['two minutes ahead', 2 * minute, 2 * minute],
    ['an hour behind', -60 * minute, -60 * minute],
    ['five years ahead', 5 * 365 * 24 * 60 * minute, 5 * 365 * 24 * 60 * minute],
  ];
  for (const [what, aheadMs, offsetMs] of rows) {
    it(`${what}: adds ${offsetMs} ms`, () => {
      const { clock, told, answer } = makeClock();
      answer(aheadMs);
      assert.equal(clock.offsetMs, offsetMs);
      assert.equal(clock.now().getTime(), start + offsetMs);
      assert.deepEqual(told, offsetMs === 0 ? [] : [offsetMs]);
    });
  }
});

describe('ServerClock over time', () => {
  it('does not know the time of the server before an answer', () => {
    const { clock, answer } = makeClock();
    assert.equal(clock.isKnown, false);
    answer(0);
    assert.equal(clock.isKnown, true);
  });

  it("converts a time of the server to this machine's clock", () => {
    const { clock, answer } = makeClock();
    answer(10 * minute);
    assert.equal(localTime(clock.now(), clock.offsetMs).getTime(), start);
  });

  it('reports a difference once, and its end once', () => {
    const { clock, told, answer } = makeClock();
    for (const aheadMs of [10 * minute, 10 * minute + 1000, 10 * minute - 1000, 0, 0]) answer(aheadMs);
    assert.deepEqual(told, [10 * minute, 0]);
    assert.equal(clock.offsetMs, 0);
  });

  it('assumes the middle of the time an answer took', () => {
    const { clock, answer } = makeClock();
    answer(10 * minute, 20_000);
    assert.equal(clock.offsetMs, 10 * minute);
  });

  it('ignores an answer that took long', () => {
    const { clock, answer } = makeClock();
    answer(10 * minute, 31_000);
    assert.equal(clock.offsetMs, 0);
  });

  for (const header of [
    undefined,
    '',
    'yesterday',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Sat, 13 Sep 275760 00:00:00 GMT',
  ]) {
    it(`ignores the date ${JSON.stringify(header)}`, () => {
      const { clock, told } = makeClock();
      clock.learn(header, new Date(start));
      assert.equal(clock.offsetMs, 0);
      assert.deepEqual(told, []);
    });
  }
});

describe('ServerClock, when it may be outdated', () => {
  for (const byMs of [10 * minute, -10 * minute, 10_000]) {
    it(`needs another answer after this machine's clock was set by ${byMs} ms`, () => {
      const { clock, answer, pass, set } = makeClock();
      answer(10 * minute);
      pass(60 * minute);
      assert.deepEqual([clock.isKnown, clock.isCurrent()], [true, true]);
      set(byMs);
      assert.deepEqual([clock.isKnown, clock.isCurrent()], [false, false]);
      answer(10 * minute - byMs);
      assert.deepEqual([clock.isKnown, clock.isCurrent()], [true, true]);
      assert.equal(clock.now().getTime(), start + 70 * minute);
    });
  }

  it("uses this machine's time if it has no other, and reports so", () => {
    const { clock, told, answer } = makeClock();
    answer(10 * minute);
    clock.forget();
    clock.forget();
    assert.deepEqual([clock.isKnown, clock.offsetMs], [false, 0]);
    assert.deepEqual(told, [10 * minute, 0]);
  });

  it('counts as current when the answers have no date', () => {
    const { clock } = makeClock();
    clock.learn(undefined, new Date(start));
    assert.deepEqual([clock.isKnown, clock.isCurrent()], [false, true]);
  });
});
