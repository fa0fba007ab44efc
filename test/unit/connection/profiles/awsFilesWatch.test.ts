import assert from 'node:assert/strict';
import { symlinkSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { watchAwsFiles } from '../../../../src/core/connection/profiles/awsFilesWatch.js';
import { poll } from '../../../support/poll.js';
import { useAwsFiles } from '../../../support/awsFiles.js';

describe('watchAwsFiles', () => {
  const aws = useAwsFiles();

  it('checks about every second, so that an edit is noticed within two', async () => {
    let edits = 0;
    const edit = () => {
      edits += 1;
      aws.write({ config: `[profile dev]\nregion = region-${edits}\n` });
    };
    edit();
    // A symbolic link, as Node keeps one watch with one interval for each name.
    const sameFile = join(aws.folder, 'same');
    symlinkSync(join(aws.folder, 'config'), sameFile);
    let seconds = 0;
    let told = 0;
    const source = () => Promise.resolve({ kind: 'profile', name: 'dev' } as const);
    const watch = watchAwsFiles({ source, env: process.env }, () => (told += 1));
    // Counts seconds with another watch rather than a clock: on a busy machine both are late.
    watchFile(sameFile, { interval: 1000 }, () => (seconds += 1));
    try {
      // Changes the file before every check, so that each check is counted.
      const isOver = () => {
        edit();
        return seconds >= 3;
      };
      await poll(isOver, { what: 'three looks of the other watch', limitMs: 30_000 });
    } finally {
      unwatchFile(sameFile);
      watch.dispose();
    }
    assert.ok(told >= 2, `told ${told} times in ${seconds} seconds`);
  });
});
