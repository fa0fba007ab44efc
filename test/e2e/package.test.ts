import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { packagedExtension } from './support/packaged.js';

describe('The package', () => {
  it('has less than 700 KB', async () => {
    const bytes = statSync(await packagedExtension()).size;
    assert.ok(bytes > 0 && bytes < 700_000, `${bytes} bytes`);
  });
});
