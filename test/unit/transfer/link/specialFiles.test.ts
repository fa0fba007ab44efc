import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { digestBody } from '../../../../src/core/transfer/link/fileDigest.js';
import type { UploadContent } from '../../../../src/core/transfer/link/uploadBody.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { useFolder } from '../../support/folders.js';
import { useServer } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';

const { signal } = new AbortController();

interface SpecialFile {
  readonly make: (folder: string) => string;
  readonly platforms: readonly NodeJS.Platform[];
  readonly failure: string;
}

/** Each reports a size of 0. */
const specialFiles: Readonly<Record<string, SpecialFile>> = {
  'a pipe without a writer': {
    make: (folder) => {
      const path = join(folder, 'pipe');
      execFileSync('mkfifo', [path]);
      return path;
    },
    platforms: ['linux', 'darwin'],
    failure: 'NotRegularFileError',
  },
  'a device': {
    make: () => '/dev/zero',
    platforms: ['linux', 'darwin'],
    failure: 'NotRegularFileError',
  },
  'a file that the kernel generates': {
    make: () => '/proc/cpuinfo',
    platforms: ['linux'],
    failure: 'FileChangedError',
  },
};

describe('the content of a special file', () => {
  const use = useServer();
  const folder = useFolder();

  for (const [what, { make, platforms, failure }] of Object.entries(specialFiles)) {
    it(`is neither uploaded nor digested: ${what}`, async function () {
      // Windows has none of these files, macOS only some.
      if (!platforms.includes(process.platform)) this.skip();
      const body: UploadContent = { kind: 'file', path: make(folder.path), sizeBytes: 0 };
      const link = await use.sign({ kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 });
      assert.equal((await rejection(uploadThroughLink(link, body, { signal }))).name, failure);
      assert.equal((await rejection(digestBody(body, { signal }))).name, failure);
      assert.deepEqual(use.server.keys('docs'), []);
    });
  }
});
