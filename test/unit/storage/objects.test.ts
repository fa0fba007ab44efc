import assert from 'node:assert/strict';
import { InvalidKeyError } from '../../../src/core/storage/keys.js';
import { getObjectEntry } from '../../../src/core/storage/objects.js';
import { useLimitedConnection } from '../support/limitedConnection.js';
import { dotSegmentKeys, impossibleKeys, oddKeys } from '../../support/oddKeys.js';
import { useServer } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { useListener } from '../support/webServer.js';

describe('getObjectEntry', () => {
  const use = useServer();

  it('returns size, time, tag and class', async () => {
    const lastModified = new Date('2026-02-03T04:05:06.000Z');
    use.server.putObject('docs', 'a.txt', 'hello', { lastModified, storageClass: 'GLACIER' });
    assert.deepEqual(await getObjectEntry(await use.connect(), { bucket: 'docs', key: 'a.txt' }), {
      key: 'a.txt',
      sizeBytes: 5,
      lastModified,
      etag: '5d41402abc4b2a76b9719d911017c592',
      storageClass: 'GLACIER',
      hasOpaqueEtag: false,
    });
  });

  it('returns undefined if there is no object', async () => {
    const connection = await use.connect();
    assert.equal(await getObjectEntry(connection, { bucket: 'docs', key: 'missing' }), undefined);
  });

  it('works in another region', async () => {
    use.server.putObject('eu-docs', 'a', 'hello');
    const entry = await getObjectEntry(await use.connect(), { bucket: 'eu-docs', key: 'a' });
    assert.equal(entry?.sizeBytes, 5);
  });

  it('fails without permission to read the object', async () => {
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

  for (const [what, key] of Object.entries({ ...oddKeys, ...dotSegmentKeys })) {
    it(`finds the object with an unusual key: ${what}`, async () => {
      use.server.putObject('docs', key, 'hello');
      const entry = await getObjectEntry(await use.connect(), { bucket: 'docs', key });
      assert.equal(entry?.key, key);
      assert.equal(entry.sizeBytes, 5);
    });
  }

  for (const [what, key] of Object.entries(impossibleKeys)) {
    it(`sends no request for an impossible key: ${what}`, async () => {
      const asked = getObjectEntry(await use.connect(), { bucket: 'docs', key });
      assert.ok((await rejection(asked)) instanceof InvalidKeyError);
      assert.equal(use.server.requests.length, 0);
    });
  }
});

const encryptions: Readonly<Record<string, readonly [Readonly<Record<string, string>>, boolean]>> = {
  none: [{}, false],
  'S3 managed keys': [{ 'x-amz-server-side-encryption': 'AES256' }, false],
  'a KMS key': [{ 'x-amz-server-side-encryption': 'aws:kms' }, true],
  'a KMS key, with dual-layer encryption': [{ 'x-amz-server-side-encryption': 'aws:kms:dsse' }, true],
  'a customer-provided key': [{ 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }, true],
};

describe('getObjectEntry: encryption', () => {
  const connect = useLimitedConnection();
  const listen = useListener();

  for (const [what, [headers, hasOpaqueEtag]] of Object.entries(encryptions)) {
    it(`${what}: the ETag ${hasOpaqueEtag ? 'is not' : 'may be'} the MD5`, async () => {
      const endpoint = await listen((_request, response) => {
        response.writeHead(200, { etag: 'W/"tag"', ...headers }).end();
      });
      const entry = await getObjectEntry(await connect(endpoint), { bucket: 'docs', key: 'a' });
      assert.deepEqual([entry?.etag, entry?.hasOpaqueEtag], ['tag', hasOpaqueEtag]);
    });
  }
});
