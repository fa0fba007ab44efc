import assert from 'node:assert/strict';
import { formatSource } from '../../../../src/core/connection/profiles/source.js';

describe('formatSource', () => {
  it('distinguishes profiles, connections and the environment, whatever their names', () => {
    const names = ['default', 'dev', 'environment', 'profile:dev', 'connection:dev', ''];
    const ids = [
      formatSource({ kind: 'environment' }),
      ...names.map((name) => formatSource({ kind: 'profile', name })),
      ...names.map((id) => formatSource({ kind: 'connection', id })),
    ];
    assert.equal(new Set(ids).size, 2 * names.length + 1);
    assert.equal(ids[2], 'profile:dev');
  });
});
