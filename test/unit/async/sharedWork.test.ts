import assert from 'node:assert/strict';
import { SharedWork } from '../../../src/core/async/sharedWork.js';
import { poll, rejection } from '../../support/values.js';

/** Work that ends when it is told to, and the signal that calls it off. */
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

/** The same after all have left it, and a wait for the moment when it would be called off. */
async function beginAndLeave() {
  const [begun, other, leaving] = [begin(), begin(), new AbortController()];
  const leaves = [begun, other].map(({ work }) => rejection(work.result(leaving.signal)));
  leaving.abort();
  await Promise.all(leaves);
  const timeIsUp = () => poll(other.isCalledOff, { what: 'the end of what all have left' });
  return { ...begun, timeIsUp };
}

describe('SharedWork', () => {
  it('gives all who wait the same, and is over then', async () => {
    const { work, finish } = begin();
    const waiting = [work.result(), work.result(new AbortController().signal)];
    assert.equal(work.isOver, false);
    finish('done');
    assert.deepEqual(await Promise.all(waiting), ['done', 'done']);
    assert.equal(work.isOver, true);
  });

  it('lets one leave at once, and is not called off while another waits', async () => {
    const { work, finish, isCalledOff } = begin();
    const [leaving, left] = [new AbortController(), begin()];
    const stays = work.result();
    const leaves = rejection(work.result(leaving.signal));
    const alone = rejection(left.work.result(leaving.signal));
    leaving.abort();
    assert.deepEqual([(await leaves).name, (await alone).name], ['AbortError', 'AbortError']);
    // What nobody waits for is called off in this time.
    await poll(left.isCalledOff, { what: 'the end of what all have left' });
    assert.equal(isCalledOff(), false);
    finish('done');
    assert.equal(await stays, 'done');
  });
});

describe('SharedWork that all have left', () => {
  it('goes on for who comes back before it is called off', async () => {
    const { work, finish, isCalledOff, timeIsUp } = await beginAndLeave();
    const back = work.result();
    await timeIsUp();
    assert.equal(isCalledOff(), false);
    finish('done');
    assert.equal(await back, 'done');
  });

  it('is not called off after it has ended', async () => {
    const { finish, isCalledOff, timeIsUp } = await beginAndLeave();
    finish('done');
    await timeIsUp();
    assert.equal(isCalledOff(), false);
  });
});
