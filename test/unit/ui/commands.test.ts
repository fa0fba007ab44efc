import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { commandIds } from '../../../src/ui/ids.js';

describe('the commands', () => {
  it('have the same names as their ids', () => {
    for (const [name, id] of Object.entries(commandIds)) assert.equal(id, `signpost.${name}`);
  });

  it('each have a file of the same name', () => {
    const files = readdirSync('src/ui/commands').toSorted();
    assert.deepEqual(
      files,
      Object.keys(commandIds)
        .map((name) => `${name}.ts`)
        .toSorted(),
    );
  });
});
