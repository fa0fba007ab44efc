import assert from 'node:assert/strict';
import { ServerClock } from '../../../../src/core/connection/requests/serverClock.js';
import { localTime } from '../../../../src/core/text/format.js';

const start = Date.UTC(2026, 2, 1, 10, 0, 0);
const minute = 60_000;

/** A clock of this machine that stands still until it is moved. */
function makeClock() {
  const told: number[] = [];
  let [local, steadyMs] = [start, 1000];
  const clock = new ServerClock({
    local: () => new Date(local),
    steadyMs: () => steadyMs,
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

describe('ServerClock, by and by', () => {
  it('does not know the time of the server before an answer', () => {
    const { clock, answer } = makeClock();
    assert.equal(clock.isKnown, false);
    answer(0);
    assert.equal(clock.isKnown, true);
  });

  it("shows a moment of the server's as this machine's clock has it", () => {
    const { clock, answer } = makeClock();
    answer(10 * minute);
    assert.equal(localTime(clock.now(), clock.offsetMs).getTime(), start);
  });

  it('tells a difference once, and once that it has gone', () => {
    const { clock, told, answer } = makeClock();
    for (const aheadMs of [10 * minute, 10 * minute + 1000, 10 * minute - 1000, 0, 0]) answer(aheadMs);
    assert.deepEqual(told, [10 * minute, 0]);
    assert.equal(clock.offsetMs, 0);
  });

  it('takes the middle of the time that an answer took', () => {
    const { clock, answer } = makeClock();
    answer(10 * minute, 20_000);
    assert.equal(clock.offsetMs, 10 * minute);
  });

  it('learns nothing of an answer that took long', () => {
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
    it(`learns nothing of a date that is ${JSON.stringify(header)}`, () => {
      const { clock, told } = makeClock();
      clock.learn(header, new Date(start));
      assert.equal(clock.offsetMs, 0);
      assert.deepEqual(told, []);
    });
  }
});

describe('ServerClock, when it can no longer be right', () => {
  for (const byMs of [10 * minute, -10 * minute, 10_000]) {
    it(`has to be told again after this machine's clock was set by ${byMs} ms`, () => {
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

  it("takes this machine's time where none is told, and says so", () => {
    const { clock, told, answer } = makeClock();
    answer(10 * minute);
    clock.forget();
    clock.forget();
    assert.deepEqual([clock.isKnown, clock.offsetMs], [false, 0]);
    assert.deepEqual(told, [10 * minute, 0]);
  });

  it('is not asked again where the answers tell no time', () => {
    const { clock } = makeClock();
    clock.learn(undefined, new Date(start));
    assert.deepEqual([clock.isKnown, clock.isCurrent()], [false, true]);
  });
});
