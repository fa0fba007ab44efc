import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadFolder } from '../../../../src/core/transfer/link/downloadFolder.js';
import { useFolder } from '../../support/folders.js';

describe('downloadFolder', () => {
  const folder = useFolder();

  it('is Downloads if that is a folder, else the home folder', async () => {
    const downloads = join(folder.path, 'Downloads');
    assert.equal(await downloadFolder(folder.path), folder.path);
    mkdirSync(downloads);
    assert.equal(await downloadFolder(folder.path), downloads);
    rmdirSync(downloads);
    writeFileSync(downloads, 'a file');
    assert.equal(await downloadFolder(folder.path), folder.path);
  });
});
