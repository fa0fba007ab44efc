import assert from 'node:assert/strict';
import { parsePolicy } from '../../../../src/core/links/explain/parsePolicy.js';
import { must } from '../../support/values.js';

/** How long a policy with that many fields takes to read, at best. */
function readMs(count: number): number {
  const conditions = Array.from({ length: count }, (_, index) => ({ [`x${index}`]: 'v' }));
  const text = Buffer.from(JSON.stringify({ expiration: '2026-03-01T11:00:00Z', conditions })).toString(
    'base64',
  );
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    assert.equal('problem' in parsePolicy(text), false);
    return performance.now() - start;
  });
  return must(times.sort((a, b) => a - b)[0]);
}

describe('a policy with thousands of fields', () => {
  it('takes time in proportion to their number', () => {
    readMs(1000);
    const [few, many] = [readMs(1000), readMs(8000)];
    assert.ok(many < 24 * few, `${many} ms after ${few} ms`);
  });
});
