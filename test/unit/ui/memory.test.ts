import assert from 'node:assert/strict';
import { Memory } from '../../../src/ui/memory.js';
import { MapMemento } from '../support/mapMemento.js';

const dev = { kind: 'profile', name: 'dev' } as const;
const live = { kind: 'profile', name: 'live' } as const;

describe('what two windows remember', () => {
  function open() {
    const shared = new MapMemento();
    const window = () => new Memory({ state: shared, windowState: new MapMemento(), machine: '' });
    return { first: window(), second: window(), window };
  }

  it('is one source each', async () => {
    const { first, second } = open();
    await first.setSource(dev);
    await second.setSource(live);
    assert.deepEqual([first.source, second.source], [dev, live]);
  });

  it('is the last choice for another window', async () => {
    const { first, second, window } = open();
    await second.setSource(live);
    await first.setSource(dev);
    assert.deepEqual(window().source, dev);
    assert.deepEqual(second.source, live);
  });

  it('loses a removed source only in its own window', async () => {
    const { first, second, window } = open();
    await first.setSource(dev);
    await second.setSource(live);
    await second.forgetSource('profile:live');
    assert.deepEqual(first.source, dev);
    assert.equal(second.source, undefined);
    assert.equal(window().source, undefined);
  });

  it('is one expiry for both', async () => {
    const { first, second } = open();
    await first.setExpirySeconds(900);
    assert.equal(second.expirySeconds, 900);
  });
});

describe('what windows on two machines remember', () => {
  function open() {
    const state = new MapMemento();
    const into = (machine: string) => new Memory({ state, windowState: new MapMemento(), machine });
    return { here: into(''), there: into('build-host'), into };
  }

  it('is one source each, for other windows too', async () => {
    const { here, there, into } = open();
    await here.setSource(dev);
    assert.equal(there.source, undefined);
    await there.setSource(live);
    assert.deepEqual([into('').source, into('build-host').source], [dev, live]);
    await there.forgetSource('profile:live');
    assert.deepEqual([into('').source, into('build-host').source], [dev, undefined]);
  });

  it('is separate for buckets, destinations and allowed hosts', async () => {
    const { here, there } = open();
    const place = { bucket: 'inbox', prefix: '' };
    await there.addBucket('profile:dev', place);
    await there.addDestination('profile:dev', place);
    await there.addClearHost('store.internal');
    assert.deepEqual(
      [there.addedBuckets('profile:dev'), there.destinations('profile:dev')],
      [[place], [place]],
    );
    assert.deepEqual(there.clearHosts, ['store.internal']);
    assert.deepEqual([here.addedBuckets('profile:dev'), here.destinations('profile:dev')], [[], []]);
    assert.deepEqual(here.clearHosts, []);
  });

  it('is one expiry for all', async () => {
    const { here, there } = open();
    await here.setExpirySeconds(900);
    assert.equal(there.expirySeconds, 900);
  });
});
