import assert from 'node:assert/strict';
import { formatMessage } from '../../../src/core/failures/message.js';
import {
  assertKey,
  compareKeys,
  InvalidKeyError,
  keyName,
  keyProblem,
  maxKeyBytes,
  parentPrefix,
} from '../../../src/core/storage/keys.js';
import { dotSegmentKeys, impossibleKeys, oddKeys } from '../../support/oddKeys.js';
import { must } from '../../support/values.js';

describe('keyProblem', () => {
  for (const [what, key] of Object.entries({ ...oddKeys, ...dotSegmentKeys })) {
    it(`accepts a key with ${what}`, () => {
      assert.equal(keyProblem(key), undefined);
      assertKey(key);
    });
  }

  for (const [what, key] of Object.entries(impossibleKeys)) {
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

  for (const [what, key] of Object.entries(oddKeys)) {
    it(`keeps all of a key with ${what}`, () => {
      assert.equal(parentPrefix(key) + keyName(key), key);
    });
  }
});

describe('compareKeys', () => {
  it("orders by UTF-8 bytes, not by JavaScript's UTF-16 units", () => {
    const ordered = ['', 'B', 'B/', 'BB', 'a', '\u{e9}', '\uff5e', '\u{1f600}'];
    assert.deepEqual([...ordered].reverse().sort(compareKeys), ordered);
    assert.equal(compareKeys('a', 'a'), 0);
  });
});
