import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { commandIds } from '../../../src/ui/ids.js';

describe('the commands', () => {
  it('are named as their ids are', () => {
    for (const [name, id] of Object.entries(commandIds)) assert.equal(id, `signpost.${name}`);
  });

  it('have a file each, of the same name', () => {
    const files = readdirSync('src/ui/commands').toSorted();
    assert.deepEqual(
      files,
      Object.keys(commandIds)
        .map((name) => `${name}.ts`)
        .toSorted(),
    );
  });
});
