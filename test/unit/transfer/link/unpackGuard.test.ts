import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { AsSent } from '../../../../src/core/transfer/link/downloadBody.js';
import { saveThroughLink } from '../../../../src/core/transfer/link/downloadThroughLink.js';
import type { UnpackAnswer, UnpackedSizes } from '../../../../src/core/transfer/link/unpackGuard.js';
import { useFolder } from '../../support/folders.js';
import { must, rejection } from '../../../support/values.js';
import { useListener } from '../../support/webServer.js';

const { signal } = new AbortController();
const mebibyte = 1024 ** 2;
const bomb = gzipSync(Buffer.alloc(40 * mebibyte));
const unpackLimits = {
  minBytes: mebibyte,
  maxTimes: 10,
  maxBytes: 10 * mebibyte,
  unannouncedBytes: 1024 * mebibyte,
};

function useDownload() {
  const folder = useFolder();
  const serve = useListener();

  /** Saves a body declared as gzip, answering each question in turn. */
  async function save(body: Buffer, answers: readonly UnpackAnswer[]) {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.byteLength }).end(body);
    });
    const asked: UnpackedSizes[] = [];
    const told: AsSent[] = [];
    const path = join(folder.path, 'a');
    const saving = saveThroughLink(
      { url: `${address}/b/k?x=y`, key: 'k', headers: {} },
      { path, overwrite: false },
      {
        signal,
        unpackLimits,
        onAsSent: (asSent) => told.push(asSent),
        onFarLarger: (sizes) => Promise.resolve(must(answers[asked.push({ ...sizes }) - 1])),
      },
    );
    return { saving, asked, told, content: () => readFileSync(path) };
  }
  return { folder, save };
}

describe('a small body that unpacks to a large one', () => {
  const { folder, save } = useDownload();

  it('needs consent with the true sizes, again at ten times the size, and is then saved whole', async () => {
    const { saving, asked, content } = await save(bomb, ['continue', 'continue']);
    await saving;
    assert.equal(content().byteLength, 40 * mebibyte);
    const [first, second] = asked;
    assert.equal(asked.length, 2);
    assert.ok(must(first).unpackedBytes > mebibyte && must(first).unpackedBytes < 2 * mebibyte);
    assert.ok(must(second).unpackedBytes > must(first).unpackedBytes * 10);
    for (const { receivedBytes } of asked) assert.ok(receivedBytes > 0 && receivedBytes <= bomb.byteLength);
  });

  it('leaves no file without consent', async () => {
    const { saving, asked } = await save(bomb, ['stop']);
    assert.equal((await rejection(saving)).name, 'AbortError');
    assert.deepEqual([asked.length, readdirSync(folder.path)], [1, []]);
  });

  it('can be saved as sent', async () => {
    const { saving, told, content } = await save(bomb, ['saveAsSent']);
    await saving;
    assert.ok(bomb.equals(content()));
    assert.deepEqual(told, [{ encoding: 'gzip', reason: 'chosen' }]);
    assert.deepEqual(readdirSync(folder.path), ['a']);
  });
});

describe('a body that unpacks like ordinary text', () => {
  const { save } = useDownload();

  it('needs no consent', async () => {
    const text = Buffer.concat([randomBytes(mebibyte), Buffer.alloc(6 * mebibyte)]);
    const { saving, asked, content } = await save(gzipSync(text), []);
    await saving;
    assert.ok(text.equals(content()));
    assert.deepEqual(asked, []);
  });

  it('needs consent if it grows by more than the limit', async () => {
    const text = Buffer.concat([randomBytes(2 * mebibyte), Buffer.alloc(14 * mebibyte)]);
    const { saving, asked } = await save(gzipSync(text), ['stop']);
    await rejection(saving);
    assert.equal(asked.length, 1);
    const { receivedBytes, unpackedBytes } = must(asked[0]);
    assert.ok(unpackedBytes > 10 * mebibyte && unpackedBytes < receivedBytes * 10);
  });
});

describe('a body without an announced size', () => {
  const folder = useFolder();
  const serve = useListener();

  async function save(answers: readonly ('continue' | 'stop')[], expectedBytes?: number) {
    const address = await serve((_, response) => {
      for (let count = 1; count <= 16; count += 1) response.write(Buffer.alloc(mebibyte));
      response.end();
    });
    const asked: number[] = [];
    const saving = saveThroughLink(
      { url: `${address}/b/k?x=y`, key: 'k', headers: {} },
      { path: join(folder.path, 'a'), overwrite: false },
      {
        signal,
        unpackLimits: { ...unpackLimits, unannouncedBytes: mebibyte },
        expectedBytes,
        onUnannounced: (receivedBytes) => Promise.resolve(must(answers[asked.push(receivedBytes) - 1])),
      },
    );
    return { saving, asked };
  }

  it('needs consent above a limit, and again at ten times the size', async () => {
    const { saving, asked } = await save(['continue', 'continue']);
    assert.equal((await saving).sizeBytes, 16 * mebibyte);
    const [first = 0, second = 0] = asked;
    assert.equal(asked.length, 2);
    assert.ok(first > mebibyte && first < 3 * mebibyte, `asked at ${first}`);
    assert.ok(second > first * 10, `asked again at ${second}`);
  });

  it('leaves no file without consent', async () => {
    const { saving, asked } = await save(['stop']);
    assert.equal((await rejection(saving)).name, 'AbortError');
    assert.deepEqual([asked.length, readdirSync(folder.path)], [1, []]);
  });

  it('needs no consent if the size was shown before', async () => {
    const { saving, asked } = await save([], 16 * mebibyte);
    await saving;
    assert.deepEqual(asked, []);
  });
});

describe('a question about a body', () => {
  const folder = useFolder();
  const serve = useListener();

  it('may take longer than a server may stay silent', async () => {
    const body = Buffer.concat([bomb, gzipSync(randomBytes(4 * mebibyte))]);
    const address = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.byteLength }).end(body);
    });
    const path = join(folder.path, 'a');
    await saveThroughLink(
      { url: `${address}/b/k?x=y`, key: 'k', headers: {} },
      { path, overwrite: false },
      {
        signal,
        unpackLimits,
        timeLimits: { connectMs: 60_000, silenceMs: 2000 },
        // The time that a user takes.
        onFarLarger: () => wait(2500, 'continue' as const),
      },
    );
    assert.equal(readFileSync(path).byteLength, 44 * mebibyte);
  });
});
