import assert from 'node:assert/strict';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn } from '../../../../src/core/connection/credentials/renewalTurn.js';
import { useFolder } from '../../support/folders.js';

describe('inTurn', () => {
  const folder = useFolder();
  const signal = new AbortController().signal;

  for (const [what, isAbandoned] of Object.entries({
    'no lock': false,
    'a lock that was left behind': true,
  })) {
    it(`does one thing after the other with ${what}, and leaves none`, async () => {
      const file = join(folder.path, 'token.json');
      if (isAbandoned) {
        writeFileSync(`${file}.lock`, 'gone');
        utimesSync(`${file}.lock`, 1, 1);
      }
      let [running, most] = [0, 0];
      const work = async () => {
        running += 1;
        most = Math.max(most, running);
        // Others have the time to begin as well.
        for (let count = 0; count < 200; count += 1) await stat(folder.path);
        running -= 1;
      };
      await Promise.all([1, 2, 3, 4].map(() => inTurn(file, work, { signal })));
      assert.deepEqual([most, readdirSync(folder.path)], [1, []]);
    });
  }

  it('leaves the lock of another window that took over', async () => {
    const file = join(folder.path, 'token.json');
    const work = () => writeFile(`${file}.lock`, 'other');
    await inTurn(file, work, { signal });
    assert.equal(existsSync(`${file}.lock`), true);
  });
});
