import assert from 'node:assert/strict';
import { KeptItems } from '../../../src/ui/rows/keptItems.js';

describe('KeptItems', () => {
  const row = { name: 'a.txt' };

  it('keeps the item of a row for a minute', () => {
    let nowMs = 5_000_000;
    const items = new KeptItems<object, string>(() => nowMs);
    assert.equal(items.get(row), undefined);
    items.set(row, 'now');
    nowMs += 59_999;
    assert.equal(items.get(row), 'now');
    nowMs += 1;
    assert.equal(items.get(row), undefined);
  });

  it('forgets everything at once', () => {
    const items = new KeptItems<object, string>(() => 0);
    items.get(row);
    items.set(row, 'item');
    items.clear();
    assert.equal(items.get(row), undefined);
  });
});
