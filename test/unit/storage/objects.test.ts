import assert from 'node:assert/strict';
import { InvalidKeyError } from '../../../src/core/storage/keys.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { dotSegmentKeys, impossibleKeys, oddKeys } from '../support/oddKeys.js';
import { useServer } from '../support/server.js';
import { rejection } from '../support/values.js';

describe('getObjectEntry', () => {
  const use = useServer();

  it('tells size, time, tag and class', async () => {
    const lastModified = new Date('2026-02-03T04:05:06.000Z');
    use.server.putObject('docs', 'a.txt', 'hello', { lastModified, storageClass: 'GLACIER' });
    assert.deepEqual(await getObjectEntry(await use.connect(), { bucket: 'docs', key: 'a.txt' }), {
      key: 'a.txt',
      sizeBytes: 5,
      lastModified,
      etag: '5d41402abc4b2a76b9719d911017c592',
      storageClass: 'GLACIER',
    });
  });

  it('gives undefined where there is no object', async () => {
    const connection = await use.connect();
    assert.equal(await getObjectEntry(connection, { bucket: 'docs', key: 'missing' }), undefined);
  });

  it('works in another region', async () => {
    use.server.putObject('eu-docs', 'a', 'hello');
    const entry = await getObjectEntry(await use.connect(), { bucket: 'eu-docs', key: 'a' });
    assert.equal(entry?.sizeBytes, 5);
  });

  it('fails where the object may not be read', async () => {
    use.server.putObject('docs', 'a', 'hello');
    const connection = await use.connect('mallory');
    const error = await rejection(getObjectEntry(connection, { bucket: 'docs', key: 'a' }));
    assert.equal((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode, 403);
  });

  it('stops when aborted', async () => {
    const signal = AbortSignal.abort();
    const asked = getObjectEntry(await use.connect(), { bucket: 'docs', key: 'a' }, signal);
    assert.equal((await rejection(asked)).name, 'AbortError');
  });
});

describe('getObjectEntry: keys', () => {
  const use = useServer();

  for (const [what, key] of [...oddKeys, ...dotSegmentKeys.map((dots) => [dots, dots] as const)]) {
    it(`finds the object with an odd key: ${what}`, async () => {
      use.server.putObject('docs', key, 'hello');
      const entry = await getObjectEntry(await use.connect(), { bucket: 'docs', key });
      assert.equal(entry?.key, key);
      assert.equal(entry.sizeBytes, 5);
    });
  }

  for (const [what, key] of impossibleKeys) {
    it(`asks nobody about a key that is impossible: ${what}`, async () => {
      const asked = getObjectEntry(await use.connect(), { bucket: 'docs', key });
      assert.ok((await rejection(asked)) instanceof InvalidKeyError);
      assert.equal(use.server.requests.length, 0);
    });
  }
});
