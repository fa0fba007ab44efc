import assert from 'node:assert/strict';
import { SharedWork } from '../../../src/core/async/sharedWork.js';
import { poll } from '../../support/poll.js';
import { rejection } from '../../support/values.js';

/** Work that finishes on demand, and whether it was aborted. */
function begin() {
  let stop = AbortSignal.abort();
  let finish: (result: string) => void = () => undefined;
  const work = new SharedWork((signal) => {
    stop = signal;
    return new Promise<string>((resolve) => {
      finish = resolve;
    });
  });
  return { work, finish, isCalledOff: () => stop.aborted };
}

/** The same after all have left, and a wait for the time at which abandoned work is aborted. */
async function beginAndLeave() {
  const [begun, other, leaving] = [begin(), begin(), new AbortController()];
  const leaves = [begun, other].map(({ work }) => rejection(work.result(leaving.signal)));
  leaving.abort();
  await Promise.all(leaves);
  const timeIsUp = () => poll(other.isCalledOff, { what: 'the end of what all have left' });
  return { ...begun, timeIsUp };
}

describe('SharedWork', () => {
  it('returns the same result to all waiting callers, and then is finished', async () => {
    const { work, finish } = begin();
    const waiting = [work.result(), work.result(new AbortController().signal)];
    assert.equal(work.isDone, false);
    finish('done');
    assert.deepEqual(await Promise.all(waiting), ['done', 'done']);
    assert.equal(work.isDone, true);
  });

  it('lets one caller leave at once, and continues while another waits', async () => {
    const { work, finish, isCalledOff } = begin();
    const [leaving, left] = [new AbortController(), begin()];
    const stays = work.result();
    const leaves = rejection(work.result(leaving.signal));
    const alone = rejection(left.work.result(leaving.signal));
    leaving.abort();
    assert.deepEqual([(await leaves).name, (await alone).name], ['AbortError', 'AbortError']);
    // By now, work without waiting callers has been aborted.
    await poll(left.isCalledOff, { what: 'the end of what all have left' });
    assert.equal(isCalledOff(), false);
    finish('done');
    assert.equal(await stays, 'done');
  });
});

describe('SharedWork after all callers have left', () => {
  it('continues if a caller returns before it is aborted', async () => {
    const { work, finish, isCalledOff, timeIsUp } = await beginAndLeave();
    const back = work.result();
    await timeIsUp();
    assert.equal(isCalledOff(), false);
    finish('done');
    assert.equal(await back, 'done');
  });

  it('is not aborted after it has finished', async () => {
    const { finish, isCalledOff, timeIsUp } = await beginAndLeave();
    finish('done');
    await timeIsUp();
    assert.equal(isCalledOff(), false);
  });
});
