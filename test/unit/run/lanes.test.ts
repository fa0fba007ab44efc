import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { runInLanes, type Piece } from '../../run/lanes.js';

interface Work extends Piece<string> {
  becomeReady(): void;
  failToBeReady(): void;
  end(): void;
}

/** Work that the test makes ready and ends, and the names of the work that has started. */
function useWork() {
  const began: string[] = [];
  const piece = (name: string): Work => {
    let [becomeReady, failToBeReady, end] = [
      (): void => undefined,
      (): void => undefined,
      (): void => undefined,
    ];
    const ready = new Promise<void>((resolve, reject) => {
      becomeReady = resolve;
      failToBeReady = () => {
        reject(new Error(`${name} cannot be had`));
      };
    });
    const ended = new Promise<string>((resolve) => {
      end = () => {
        resolve(`${name} ended`);
      };
    });
    const run = () => {
      began.push(name);
      return ended;
    };
    return { ready, run, becomeReady, failToBeReady, end };
  };
  const readyPiece = (name: string): Work => {
    const made = piece(name);
    made.becomeReady();
    return made;
  };
  return { began, piece, readyPiece };
}

describe('runInLanes', () => {
  it('runs as many pieces at a time as there are lanes, and returns their results in order', async () => {
    const { began, readyPiece } = useWork();
    const [first, second, third] = [readyPiece('first'), readyPiece('second'), readyPiece('third')];
    const all = runInLanes([first, second, third], 2);
    // Settled promises have run their callbacks by then.
    await setImmediate();
    assert.deepEqual(began, ['first', 'second']);
    second.end();
    await setImmediate();
    assert.deepEqual(began, ['first', 'second', 'third']);
    third.end();
    first.end();
    assert.deepEqual(await all, ['first ended', 'second ended', 'third ended']);
  });

  it('skips ahead to work that is ready, then returns to the order', async () => {
    const { began, piece, readyPiece } = useWork();
    const [host, own, other] = [piece('host'), readyPiece('own'), readyPiece('other')];
    const all = runInLanes([host, own, other], 1);
    await setImmediate();
    assert.deepEqual(began, ['own']);
    host.becomeReady();
    await setImmediate();
    own.end();
    await setImmediate();
    assert.deepEqual(began, ['own', 'host']);
    host.end();
    other.end();
    assert.deepEqual(await all, ['host ended', 'own ended', 'other ended']);
  });
});

describe('runInLanes, with pieces that are not ready', () => {
  it('waits for them', async () => {
    const { began, piece } = useWork();
    const late = piece('late');
    const all = runInLanes([late], 2);
    await setImmediate();
    assert.deepEqual(began, []);
    late.becomeReady();
    late.end();
    assert.deepEqual(await all, ['late ended']);
  });

  it('runs a piece whose preparation failed, after those that are ready', async () => {
    const { began, piece, readyPiece } = useWork();
    const [host, own, other] = [piece('host'), readyPiece('own'), piece('other')];
    const all = runInLanes([host, own, other], 1);
    await setImmediate();
    host.failToBeReady();
    await setImmediate();
    own.end();
    host.end();
    await setImmediate();
    other.becomeReady();
    other.end();
    assert.deepEqual(await all, ['host ended', 'own ended', 'other ended']);
    assert.deepEqual(began, ['own', 'host', 'other']);
  });
});
