import assert from 'node:assert/strict';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTurn } from '../../../../src/core/connection/credentials/renewalTurn.js';
import { useFolder } from '../../support/folders.js';

describe('inTurn', () => {
  const folder = useFolder();
  const signal = new AbortController().signal;

  const nextYear = Date.now() / 1000 + 365 * 24 * 3600;
  const locks = { 'no lock': undefined, 'a lock that was left behind': 1, 'a lock of next year': nextYear };

  for (const [what, takenAtSeconds] of Object.entries(locks)) {
    it(`does one thing after the other with ${what}, and leaves none`, async () => {
      const file = join(folder.path, 'token.json');
      if (takenAtSeconds !== undefined) {
        writeFileSync(`${file}.lock`, 'gone');
        utimesSync(`${file}.lock`, takenAtSeconds, takenAtSeconds);
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
