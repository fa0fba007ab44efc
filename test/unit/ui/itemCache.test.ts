import assert from 'node:assert/strict';
import { ItemCache } from '../../../src/ui/rows/itemCache.js';

describe('ItemCache', () => {
  const row = { name: 'a.txt' };

  it('keeps the item of a row for a minute', () => {
    let nowMs = 5_000_000;
    const items = new ItemCache<object, string>(() => nowMs);
    assert.equal(items.get(row), undefined);
    items.set(row, 'now');
    nowMs += 59_999;
    assert.equal(items.get(row), 'now');
    nowMs += 1;
    assert.equal(items.get(row), undefined);
  });

  it('forgets everything at once', () => {
    const items = new ItemCache<object, string>(() => 0);
    items.get(row);
    items.set(row, 'item');
    items.clear();
    assert.equal(items.get(row), undefined);
  });
});
