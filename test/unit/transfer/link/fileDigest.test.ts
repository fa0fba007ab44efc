import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestBody } from '../../../../src/core/transfer/link/fileDigest.js';
import { maxPutBytes } from '../../../../src/core/transfer/link/uploadBody.js';
import { rejection } from '../../../support/values.js';

const { signal } = new AbortController();

describe('size, MD5 and SHA-256 of an upload', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signpost-digest-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  for (const sizeBytes of [0, 1, 262_144, 1_000_003]) {
    it(`are those of the bytes, in memory and on the disk (${sizeBytes} bytes)`, async () => {
      const bytes = randomBytes(sizeBytes);
      const path = join(folder, 'file');
      await writeFile(path, bytes);
      const digest = (name: string) => createHash(name).update(bytes).digest('base64');
      const expected = { sizeBytes, md5Base64: digest('md5'), sha256Base64: digest('sha256') };
      const seen: number[] = [];
      const onProgress = (readBytes: number) => seen.push(readBytes);
      assert.deepEqual(await digestBody({ kind: 'bytes', bytes }, { signal }), expected);
      assert.deepEqual(await digestBody({ kind: 'file', path, sizeBytes }, { signal, onProgress }), expected);
      assert.equal(seen.at(-1) ?? 0, sizeBytes);
    });
  }

  it('are not returned for a file that changed', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'longer');
    const error = await rejection(digestBody({ kind: 'file', path, sizeBytes: 3 }, { signal }));
    assert.equal(error.name, 'FileChangedError');
  });

  it('are not computed for a file too large for any link', async () => {
    const body = { kind: 'file', path: join(folder, 'missing'), sizeBytes: maxPutBytes + 1 } as const;
    assert.equal((await rejection(digestBody(body, { signal }))).name, 'TooLargeError');
  });

  it('are aborted by the signal', async () => {
    const bytes = randomBytes(1_000_000);
    const stop = new AbortController();
    const digesting = digestBody(
      { kind: 'bytes', bytes },
      {
        signal: stop.signal,
        onProgress: () => {
          stop.abort();
        },
      },
    );
    assert.equal((await rejection(digesting)).name, 'AbortError');
  });
});
