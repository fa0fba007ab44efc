import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { AsSent } from '../../../../src/core/transfer/link/downloadBody.js';
import {
  readThroughLink,
  saveThroughLink,
  ContentTooLargeError,
  type DownloadLink,
} from '../../../../src/core/transfer/link/downloadThroughLink.js';
import { useServer, type ServerUse } from '../../../support/server.js';
import { rejection, someBytes } from '../../../support/values.js';

const plain = { signal: new AbortController().signal };
const text = '{"rockets": 2}\n'.repeat(500);

interface Stored {
  readonly body: Uint8Array;
  readonly encoding: string;
  readonly type?: string;
}

/** Uploads bytes that are declared as compressed, and gives a link to them. */
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

interface Outcome {
  /** The files in the folder afterwards. */
  readonly names: readonly string[];
  readonly failure?: Error;
  readonly content?: Buffer;
  /** The notices about a body that is kept as sent. */
  readonly told: readonly AsSent[];
}

/** Saves the object behind a link into a separate folder. */
async function save(link: DownloadLink): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-encoded-'));
  const path = join(folder, 'data.json');
  const told: AsSent[] = [];
  try {
    const onAsSent = (asSent: AsSent) => told.push(asSent);
    await saveThroughLink(link, { path, overwrite: false }, { ...plain, onAsSent });
    return { names: await readdir(folder), content: await readFile(path), told };
  } catch (error) {
    assert.ok(error instanceof Error);
    return { names: await readdir(folder), failure: error, told };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const compressors = [
  ['gzip', 'a member', gzipSync],
  ['X-GZIP', 'a member', gzipSync],
  ['aws-chunked,gzip', 'a member', gzipSync],
  ['deflate', 'with a header', deflateSync],
  ['deflate', 'raw', deflateRawSync],
  ['br', 'a stream', brotliCompressSync],
] as const;

describe('a download of a compressed object', () => {
  const use = useServer();

  for (const [encoding, form, compress] of compressors) {
    it(`${encoding}, ${form}: reads and saves the unpacked content, and counts the bytes received`, async () => {
      const body = compress(text);
      const link = await store(use, { body, encoding });
      let received = 0;
      let unpacked: number | undefined;
      const options = {
        ...plain,
        onProgress: (bytes: number, unpackedBytes?: number) => {
          received = bytes;
          unpacked = unpackedBytes;
        },
      };
      assert.equal((await readThroughLink(link, 100_000, options)).toString(), text);
      assert.deepEqual([received, unpacked], [body.byteLength, text.length]);
      const { names, content, told } = await save(link);
      assert.deepEqual([names, content?.toString(), told], [['data.json'], text, []]);
    });
  }

  it('applies the limit to the unpacked bytes, so that a few bytes cannot fill the memory', async () => {
    const link = await store(use, { body: gzipSync(Buffer.alloc(5_000_000)), encoding: 'gzip' });
    assert.ok((await rejection(readThroughLink(link, 100_000, plain))) instanceof ContentTooLargeError);
  });
});

describe('a download of an object declared as compressed', () => {
  const use = useServer();

  for (const type of ['application/gzip', 'application/x-tgz']) {
    it(`is saved unchanged, as browsers do: ${type}`, async () => {
      const body = gzipSync(text);
      const { content, told } = await save(await store(use, { body, encoding: 'gzip', type }));
      assert.ok(content !== undefined && body.equals(content));
      assert.deepEqual(told, []);
    });
  }

  for (const encoding of ['identity', 'aws-chunked', '']) {
    it(`is not unpacked if the encoding changes nothing: "${encoding}"`, async () => {
      const { content, told } = await save(await store(use, { body: Buffer.from(text), encoding }));
      assert.deepEqual([content?.toString(), told], [text, []]);
    });
  }

  for (const encoding of ['aws-other', 'zstd', 'gzip, br']) {
    it(`is saved as sent, and says so: ${encoding}, which is unknown`, async () => {
      const body = gzipSync(text);
      const { names, content, told } = await save(await store(use, { body, encoding }));
      assert.deepEqual([names, told], [['data.json'], [{ encoding, reason: 'unknown' }]]);
      assert.ok(content !== undefined && body.equals(content));
    });
  }
});

describe('a download of an object that is not compressed as declared', () => {
  const use = useServer();

  for (const [what, body] of [
    ['other bytes', someBytes(100_000)],
    ['text', Buffer.from(text)],
    ['two letters', Buffer.from('hi')],
    ['one letter', Buffer.from('h')],
  ] as const) {
    for (const encoding of ['gzip', 'deflate', 'br']) {
      it(`is saved and read as sent, and says so: ${what}, which are not ${encoding}`, async () => {
        const link = await store(use, { body, encoding });
        const { names, content, told } = await save(link);
        assert.deepEqual([names, told], [['data.json'], [{ encoding, reason: 'failed' }]]);
        assert.ok(content !== undefined && body.equals(content));
        assert.ok(body.equals(await readThroughLink(link, 200_000, plain)));
      });
    }
  }

  for (const [encoding, compress] of [
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ] as const) {
    it(`is not saved if it only begins like ${encoding}`, async () => {
      const body = Buffer.concat([compress('begin'), Buffer.from(text)]);
      const { names, failure } = await save(await store(use, { body, encoding }));
      assert.deepEqual([names, failure?.name], [[], 'UnpackError']);
    });
  }

  it('is empty if nothing was stored', async () => {
    const { content, told } = await save(await store(use, { body: Buffer.alloc(0), encoding: 'gzip' }));
    assert.deepEqual([content?.byteLength, told], [0, []]);
  });
});

describe('a download of an object that cannot be unpacked to the end', () => {
  const use = useServer();
  const whole = randomBytes(500_000);

  for (const [encoding, form, compress] of compressors) {
    it(`leaves no file, and can be saved as sent: ${encoding}, ${form}`, async () => {
      const body = compress(whole).subarray(0, 400_000);
      const link = await store(use, { body, encoding });
      const { names, failure, told } = await save(link);
      assert.deepEqual([names, told, failure?.name], [[], [], 'UnpackError']);
      assert.match(failure?.message ?? '', /^The object could not be decompressed/);
      assert.ok(body.equals(await readThroughLink(link, 1_000_000, { ...plain, asSent: 'chosen' })));
    });
  }
});
