import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { Memory } from '../../../src/ui/memory.js';

class MapMemento implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string, defaultValue?: unknown): never {
    // Whoever reads names the type.
    return (this.#values.has(key) ? this.#values.get(key) : defaultValue) as never;
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
    return Promise.resolve();
  }
}

const dev = { kind: 'profile', name: 'dev' } as const;
const live = { kind: 'profile', name: 'live' } as const;

describe('what two windows remember', () => {
  function open() {
    const shared = new MapMemento();
    const window = () => new Memory(shared, new MapMemento());
    return { first: window(), second: window(), window };
  }

  it('is a source each', async () => {
    const { first, second } = open();
    await first.setSource(dev);
    await second.setSource(live);
    assert.deepEqual([first.source, second.source], [dev, live]);
  });

  it('is for a further window what was chosen last', async () => {
    const { first, second, window } = open();
    await second.setSource(live);
    await first.setSource(dev);
    assert.deepEqual(window().source, dev);
    assert.deepEqual(second.source, live);
  });

  it('loses a source that is no more in one window alone', async () => {
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
