import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import {
  readThroughLink,
  saveThroughLink,
  TooMuchContentError,
  type DownloadLink,
} from '../../../src/core/transfer/downloadThroughLink.js';
import { useServer, type ServerUse } from '../support/server.js';
import { rejection } from '../support/values.js';

const plain = { signal: new AbortController().signal };
const text = '{"rockets": 2}\n'.repeat(500);

interface Stored {
  readonly body: Uint8Array;
  readonly encoding: string;
  readonly type?: string;
}

/** Puts bytes where they are said to be compressed, and gives a link to them. */
async function store(
  use: ServerUse,
  { body, encoding, type = 'application/json' }: Stored,
): Promise<DownloadLink> {
  const place = { bucket: 'docs', key: 'data.json', expiresInSeconds: 60 };
  const { url } = await use.sign({ kind: 'put', ...place });
  const headers = { 'content-encoding': encoding, 'content-type': type };
  assert.equal((await fetch(url, { method: 'PUT', body, headers })).status, 200);
  const link = await use.sign({ kind: 'get', ...place });
  return { url: link.url, key: place.key, headers: {} };
}

/** Saves what is behind a link into a folder of its own, and gives the names and the text of what is there. */
async function save(link: DownloadLink): Promise<{ names: string[]; failure?: Error; content?: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-encoded-'));
  const path = join(folder, 'data.json');
  try {
    await saveThroughLink(link, { path, replaces: false }, plain);
    return { names: await readdir(folder), content: await readFile(path, 'utf8') };
  } catch (error) {
    assert.ok(error instanceof Error);
    return { names: await readdir(folder), failure: error };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const compressors = { gzip: gzipSync, GZIP: gzipSync, deflate: deflateSync, br: brotliCompressSync };

describe('a download of an object that is stored compressed', () => {
  const use = useServer();

  for (const [encoding, compress] of Object.entries(compressors)) {
    it(`${encoding}: reads and saves what was compressed, and counts what came`, async () => {
      const body = compress(text);
      const link = await store(use, { body, encoding });
      let received = 0;
      const options = { ...plain, onProgress: (bytes: number) => (received = bytes) };
      assert.equal((await readThroughLink(link, 100_000, options)).toString(), text);
      assert.equal(received, body.byteLength);
      assert.deepEqual(await save(link), { names: ['data.json'], content: text });
    });
  }

  it('holds the limit to what comes out, so that a few bytes cannot fill the memory', async () => {
    const link = await store(use, { body: gzipSync(Buffer.alloc(5_000_000)), encoding: 'gzip' });
    assert.ok((await rejection(readThroughLink(link, 100_000, plain))) instanceof TooMuchContentError);
  });
});

describe('a download of an object that is said to be compressed', () => {
  const use = useServer();

  for (const [encoding, type] of [
    ['gzip', 'application/gzip'],
    ['gzip', 'application/x-tgz'],
    ['aws-other', 'application/json'],
  ] as const) {
    it(`is left as it is: ${type} with ${encoding}`, async () => {
      const archive = gzipSync(text);
      const link = await store(use, { body: archive, encoding, type });
      assert.ok(archive.equals(await readThroughLink(link, 100_000, plain)));
    });
  }

  it('fails where the bytes are not what the encoding says, and leaves no file', async () => {
    const { names, failure } = await save(await store(use, { body: randomBytes(1000), encoding: 'gzip' }));
    assert.deepEqual(names, []);
    assert.match(failure?.message ?? '', /header/);
  });
});
