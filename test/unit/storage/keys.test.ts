import assert from 'node:assert/strict';
import { formatMessage } from '../../../src/core/failures/message.js';
import {
  assertKey,
  displayKey,
  InvalidKeyError,
  keyName,
  keyProblem,
  maxKeyBytes,
  parentPrefix,
} from '../../../src/core/storage/keys.js';
import { dotSegmentKeys, impossibleKeys, oddKeys } from '../../support/oddKeys.js';
import { must } from '../../support/values.js';

describe('keyProblem', () => {
  for (const [what, key] of [...oddKeys, ...dotSegmentKeys.map((dots) => [dots, dots] as const)]) {
    it(`has nothing against a key with ${what}`, () => {
      assert.equal(keyProblem(key), undefined);
      assertKey(key);
    });
  }

  for (const [what, key] of impossibleKeys) {
    it(`refuses a key: ${what}`, () => {
      const problem = must(keyProblem(key));
      assert.throws(
        () => {
          assertKey(key);
        },
        (error) => error instanceof InvalidKeyError && error.message === formatMessage(problem),
      );
    });
  }

  it('counts bytes, not characters, and names both counts', () => {
    assert.equal(keyProblem('\u{1f4c4}'.repeat(256)), undefined);
    assert.deepEqual(must(keyProblem('\u{1f4c4}'.repeat(257))).args, [1028, maxKeyBytes]);
  });
});

describe('keyName and parentPrefix', () => {
  const rows: readonly (readonly [key: string, name: string, parent: string])[] = [
    ['b', 'b', ''],
    ['a/b.txt', 'b.txt', 'a/'],
    ['a/b/', 'b/', 'a/'],
    ['a/', 'a/', ''],
    ['a//', '/', 'a/'],
    ['a//b', 'b', 'a//'],
    ['/', '/', ''],
    ['//', '/', '/'],
    ['/a', 'a', '/'],
    ['a/b/c/d', 'd', 'a/b/c/'],
    ['', '', ''],
  ];
  for (const [key, name, parent] of rows) {
    it(`splits ${JSON.stringify(key)}`, () => {
      assert.equal(keyName(key), name);
      assert.equal(parentPrefix(key), parent);
      assert.equal(parentPrefix(key) + keyName(key), key);
    });
  }

  for (const [what, key] of oddKeys) {
    it(`loses nothing of a key with ${what}`, () => {
      assert.equal(parentPrefix(key) + keyName(key), key);
    });
  }
});

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
      assert.equal(displayKey(key), shown, 'a second call gives the same');
    });
  }

  it('keeps emoji that are joined of several whole', () => {
    const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
    assert.equal(displayKey(family), family);
  });
});
