import assert from 'node:assert/strict';
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../support/folders.js';
import { dotSegmentKeys, oddKeys } from '../../support/oddKeys.js';
import { run } from '../../support/processes.js';
import { useServer } from '../../support/server.js';
import { someBytes } from '../../support/values.js';

const bytes = someBytes(1000);

describe('a link for an unusual key works both ways', () => {
  const use = useServer();

  for (const [what, key] of Object.entries(oddKeys)) {
    it(what, async () => {
      const put = await use.sign({ kind: 'put', bucket: 'docs', key, expiresInSeconds: 60 });
      const stored = await fetch(put.url, { method: 'PUT', body: bytes });
      assert.equal(stored.status, 200);
      assert.deepEqual(use.server.keys('docs'), [key]);
      assert.ok(use.server.getObject('docs', key)?.body.equals(bytes));

      const get = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
      const answer = await fetch(get.url);
      assert.equal(answer.status, 200);
      assert.ok(bytes.equals(Buffer.from(await answer.arrayBuffer())));
    });
  }

  it('for all of them in one bucket', async () => {
    for (const key of Object.values(oddKeys)) {
      const put = await use.sign({ kind: 'put', bucket: 'docs', key, expiresInSeconds: 60 });
      await fetch(put.url, { method: 'PUT', body: Buffer.from(key) });
    }
    assert.equal(use.server.keys('docs').length, Object.keys(oddKeys).length);
    for (const key of Object.values(oddKeys))
      assert.equal(use.server.getObject('docs', key)?.body.toString(), key);
  });
});

describe('a link for a key with dot segments works with a program that does not normalize paths', () => {
  const use = useServer();
  const folder = useFolder();

  for (const key of Object.values(dotSegmentKeys)) {
    it(key, async () => {
      const [sent, received] = [join(folder.path, 'sent'), join(folder.path, 'received')];
      writeFileSync(sent, bytes);
      const put = await use.sign({ kind: 'put', bucket: 'docs', key, expiresInSeconds: 60 });
      // Not --upload-file, which appends the file's name to a URL that ends in a dot segment.
      const uploaded = await run('curl', [
        '-sf',
        '--path-as-is',
        '-X',
        'PUT',
        '--data-binary',
        `@${sent}`,
        put.url,
      ]);
      assert.equal(uploaded.exitCode, 0);
      assert.deepEqual(use.server.keys('docs'), [key]);

      const get = await use.sign({ kind: 'get', bucket: 'docs', key, expiresInSeconds: 60 });
      const downloaded = await run('curl', ['-sf', '--path-as-is', '-o', received, get.url]);
      assert.equal(downloaded.exitCode, 0);
      assert.ok(bytes.equals(readFileSync(received)));
    });
  }
});
