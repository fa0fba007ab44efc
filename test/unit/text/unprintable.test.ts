import assert from 'node:assert/strict';
import { displayKey } from '../../../src/core/text/unprintable.js';

describe('displayKey', () => {
  const rows: readonly (readonly [key: string, shown: string])[] = [
    ['plain/name.txt', 'plain/name.txt'],
    ['caf\u00e9 \u{1f4c4}', 'caf\u00e9 \u{1f4c4}'],
    ['a\nb\tc\rd', 'a\\u{a}b\\u{9}c\\u{d}d'],
    ['a\u0001\u007f\u0085b', 'a\\u{1}\\u{7f}\\u{85}b'],
    ['invoice\u202egpj.exe', 'invoice\\u{202e}gpj.exe'],
    ['a\u2066b\u2069\u200e\u200f', 'a\\u{2066}b\\u{2069}\\u{200e}\\u{200f}'],
    ['a\u061cb', 'a\\u{61c}b'],
    ['a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['a\u200bb\ufeffc', 'a\\u{200b}b\\u{feff}c'],
  ];
  for (const [key, shown] of rows) {
    it(`shows ${JSON.stringify(key)} as ${shown}`, () => {
      assert.equal(displayKey(key), shown);
      assert.equal(displayKey(key), shown, 'a second call returns the same');
    });
  }

  it('keeps emoji made of several characters whole', () => {
    const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
    assert.equal(displayKey(family), family);
  });
});
