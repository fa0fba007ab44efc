import assert from 'node:assert/strict';
import { hasDotSegment } from '../../../src/core/text/dotSegments.js';
import { dotSegmentKeys, oddKeys } from '../../support/oddKeys.js';

describe('hasDotSegment', () => {
  for (const path of [...Object.values(dotSegmentKeys), '/b/%2e/c', '/b/.%2E', '%2e%2e/a']) {
    it(`finds one in ${path}`, () => {
      assert.ok(hasDotSegment(path));
    });
  }

  const none = ['', '/', 'a', '.a', 'a.', '...', '.../a', 'a/..b', '..a/b', 'a/. /b', '%252e', 'a\\..\\b'];
  for (const path of [...none, ...Object.values(oddKeys)]) {
    it(`finds none in ${JSON.stringify(path.slice(0, 40))}`, () => {
      assert.ok(!hasDotSegment(path));
    });
  }

  it('finds one exactly where the URL standard would collapse it', () => {
    for (const path of [...Object.values(dotSegmentKeys), ...none.filter((text) => !/[ \\]/.test(text))]) {
      const collapsed = new URL(`http://h/b/${path}`).pathname !== `/b/${path}`;
      assert.equal(hasDotSegment(path), collapsed, path);
    }
  });
});
