import assert from 'node:assert/strict';
import { parsePolicy } from '../../../../src/core/links/parse/parsePolicy.js';
import { minOfEach, type Times } from '../../support/processorTime.js';

/** Reads a policy with that many fields. */
function reading(count: number): () => void {
  const conditions = Array.from({ length: count }, (_, index) => ({ [`x${index}`]: 'v' }));
  const policy = JSON.stringify({ expiration: '2026-03-01T11:00:00Z', conditions });
  const text = Buffer.from(policy).toString('base64');
  return () => {
    assert.equal('problem' in parsePolicy(text), false);
  };
}

describe('a policy with thousands of fields', () => {
  it('takes time in proportion to their number', () => {
    // The ratio is 75 when each field is compared with all others.
    const isLinear = ({ short, long }: Times) => long < 30 * short;
    const { short, long } = minOfEach(reading(1000), reading(8000), isLinear);
    assert.ok(isLinear({ short, long }), `${long} ms after ${short} ms`);
  });
});
