import assert from 'node:assert/strict';
import { truncateSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileChangedError, type UploadBody } from '../../../../src/core/transfer/link/uploadBody.js';
import { uploadThroughLink } from '../../../../src/core/transfer/link/uploadThroughLink.js';
import { useFolder } from '../../support/folders.js';
import { dotSegmentKeys, oddKeys } from '../../../support/oddKeys.js';
import { useServer, type ServerUse } from '../../../support/server.js';
import { must, rejection, someBytes } from '../../../support/values.js';
import { signedPut } from '../../support/uploadLinks.js';

const megabyte = 1024 * 1024;
const never = new AbortController().signal;

function putLink(use: ServerUse, key = 'a') {
  return signedPut(use, { key, contentType: 'text/plain' });
}

describe('uploadThroughLink: bytes and files', () => {
  const use = useServer();
  const folder = useFolder();

  for (const size of [0, 1, 256 * 1024, 256 * 1024 + 1, megabyte - 1, megabyte, 3 * megabyte + 7]) {
    const content = someBytes(size);

    it(`bytes in memory, ${size} of them`, async () => {
      await uploadThroughLink(await putLink(use), { kind: 'bytes', bytes: content }, { signal: never });
      assert.ok(must(use.server.getObject('docs', 'a')).body.equals(content));
    });

    it(`a file of ${size} bytes`, async () => {
      const path = join(folder.path, 'file');
      writeFileSync(path, content);
      await uploadThroughLink(await putLink(use), { kind: 'file', path, sizeBytes: size }, { signal: never });
      assert.ok(must(use.server.getObject('docs', 'a')).body.equals(content));
    });

    it(`reports the progress of ${size} bytes, never backwards, to the end`, async () => {
      const told: number[] = [];
      const onProgress = (sentBytes: number) => told.push(sentBytes);
      await uploadThroughLink(
        await putLink(use),
        { kind: 'bytes', bytes: content },
        { signal: never, onProgress },
      );
      assert.deepEqual(
        told,
        told.toSorted((left, right) => left - right),
      );
      assert.equal(told.at(-1) ?? 0, size);
      assert.ok(told.length >= Math.floor(size / (256 * 1024)));
    });
  }

  it('returns the ETag of the stored object', async () => {
    const body = { kind: 'bytes', bytes: Buffer.from('hello') } as const;
    const { etag } = await uploadThroughLink(await putLink(use), body, { signal: never });
    assert.equal(etag, '5d41402abc4b2a76b9719d911017c592');
  });

  it('a part of a larger buffer and nothing around it', async () => {
    const bytes = new Uint8Array(someBytes(100).buffer, 0, 50).subarray(10, 20);
    await uploadThroughLink(await putLink(use), { kind: 'bytes', bytes }, { signal: never });
    assert.ok(must(use.server.getObject('docs', 'a')).body.equals(Buffer.from(bytes)));
  });
});

describe('uploadThroughLink: the request', () => {
  const use = useServer();

  it('has what the link requires and no credentials', async () => {
    const link = await use.sign({
      kind: 'putCreateOnly',
      bucket: 'docs',
      key: 'a',
      contentType: 'text/plain',
      expiresInSeconds: 60,
    });
    await uploadThroughLink(link, { kind: 'bytes', bytes: Buffer.from('hello') }, { signal: never });
    const request = must(use.server.requests.find(({ method }) => method === 'PUT'));
    assert.deepEqual(Object.keys(request.headers).sort(), [
      'connection',
      'content-length',
      'content-type',
      'host',
      'if-none-match',
    ]);
    assert.ok(request.presigned);
    assert.equal(must(use.server.getObject('docs', 'a')).contentType, 'text/plain');
  });

  for (const [what, key] of Object.entries({ ...oddKeys, ...dotSegmentKeys })) {
    it(`reaches exactly this key: ${what}`, async () => {
      await uploadThroughLink(
        await putLink(use, key),
        { kind: 'bytes', bytes: Buffer.from(key) },
        { signal: never },
      );
      assert.deepEqual(use.server.keys('docs'), [key]);
      assert.equal(must(use.server.getObject('docs', key)).body.toString(), key);
    });
  }
});

describe('uploadThroughLink: a file that has changed', () => {
  const use = useServer();
  const folder = useFolder();

  for (const size of [1000, 3 * megabyte]) {
    it(`shorter than ${size} bytes: refused, and nothing is stored`, async () => {
      const path = join(folder.path, 'file');
      writeFileSync(path, someBytes(size));
      const body: UploadBody = { kind: 'file', path, sizeBytes: size };
      const link = await putLink(use);
      truncateSync(path, size - 10);
      assert.ok(
        (await rejection(uploadThroughLink(link, body, { signal: never }))) instanceof FileChangedError,
      );
      assert.deepEqual(use.server.keys('docs'), []);
    });

    it(`longer than ${size} bytes: refused, and nothing is stored`, async () => {
      const path = join(folder.path, 'file');
      writeFileSync(path, someBytes(size));
      const body: UploadBody = { kind: 'file', path, sizeBytes: size };
      appendFileSync(path, 'more');
      const failure = await rejection(uploadThroughLink(await putLink(use), body, { signal: never }));
      assert.ok(failure instanceof FileChangedError);
      assert.deepEqual(use.server.keys('docs'), []);
    });
  }

  it('rewritten with the same size during the upload: refused, and nothing is stored', async () => {
    const path = join(folder.path, 'file');
    writeFileSync(path, Buffer.alloc(3 * megabyte, 'a'));
    const body: UploadBody = { kind: 'file', path, sizeBytes: 3 * megabyte };
    let rewritten = false;
    const onProgress = () => {
      if (!rewritten) writeFileSync(path, Buffer.alloc(3 * megabyte, 'b'));
      rewritten = true;
    };
    const failure = await rejection(
      uploadThroughLink(await putLink(use), body, { signal: never, onProgress }),
    );
    assert.ok(failure instanceof FileChangedError);
    assert.deepEqual(use.server.keys('docs'), []);
  });
});

describe('uploadThroughLink: a file that cannot be read', () => {
  const use = useServer();
  const folder = useFolder();

  for (const sizeBytes of [10, 3 * megabyte]) {
    it(`missing, of ${sizeBytes} bytes: the file's error, and nothing is stored`, async () => {
      const body: UploadBody = { kind: 'file', path: join(folder.path, 'missing'), sizeBytes };
      const error = await rejection(uploadThroughLink(await putLink(use), body, { signal: never }));
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOENT');
      assert.deepEqual(use.server.keys('docs'), []);
    });
  }

  it('a folder: the reason is stated, and nothing is stored', async () => {
    const body: UploadBody = { kind: 'file', path: folder.path, sizeBytes: 10 };
    const error = await rejection(uploadThroughLink(await putLink(use), body, { signal: never }));
    assert.equal(error.name, 'NotRegularFileError');
    assert.deepEqual(use.server.keys('docs'), []);
  });
});
