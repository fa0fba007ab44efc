import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeList } from '../../../../src/core/links/lists/writeList.js';
import { useFolder } from '../../support/folders.js';
import { rejection } from '../../../support/values.js';

/** Pieces of 100 KB; calls `onPiece` before each. */
async function* pieces(count: number, onPiece: (index: number) => void = () => undefined) {
  for (let index = 0; index < count; index += 1) {
    await Promise.resolve();
    onPiece(index);
    yield String(index % 10).repeat(100_000);
  }
}

describe('writing a list', () => {
  const folder = useFolder();
  const path = () => join(folder.path, 'links.txt');
  const { signal } = new AbortController();

  it('replaces a file with one that only its owner can read, with the whole list', async () => {
    writeFileSync(path(), 'older', { mode: 0o644 });
    await writeList(path(), pieces(30), { isProgram: false, overwrite: true, signal });
    assert.equal(readFileSync(path()).length, 3_000_000);
    assert.equal(statSync(path()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder.path), ['links.txt']);
  });

  it('creates a program that only its owner can run', async () => {
    await writeList(path(), pieces(1), { isProgram: true, overwrite: true, signal });
    assert.equal(statSync(path()).mode & 0o777, 0o700);
  });
});

describe('writing a list that fails or is cancelled', () => {
  const folder = useFolder();
  const path = () => join(folder.path, 'links.txt');
  const options = { isProgram: false, overwrite: true, signal: new AbortController().signal };

  it('leaves nothing behind when it is cancelled, and keeps an older file', async () => {
    writeFileSync(path(), 'older');
    const abort = new AbortController();
    const calledOff = pieces(1000, (index) => {
      if (index === 20) abort.abort();
    });
    const error = await rejection(writeList(path(), calledOff, { ...options, signal: abort.signal }));
    assert.equal(error.name, 'AbortError');
    assert.equal(readFileSync(path(), 'utf8'), 'older');
    assert.deepEqual(readdirSync(folder.path), ['links.txt']);
  });

  it('leaves nothing behind when signing fails', async () => {
    const failing = pieces(1000, (index) => {
      if (index === 20) throw new Error('no keys');
    });
    const error = await rejection(writeList(path(), failing, options));
    assert.equal(error.message, 'no keys');
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('reports the file that cannot be written', async () => {
    const inNoFolder = join(folder.path, 'missing', 'links.txt');
    const error = await rejection(writeList(inNoFolder, pieces(1), options));
    assert.equal(error.name, 'FileWriteError');
    assert.match(error.message, /^The file links\.txt cannot be written \(ENOENT\)/);
    mkdirSync(path());
    const inPlaceOfFolder = await rejection(writeList(path(), pieces(1), options));
    assert.equal(inPlaceOfFolder.name, 'FileWriteError');
    assert.deepEqual(readdirSync(folder.path), ['links.txt']);
  });

  it('does not read far ahead of what it has written', async () => {
    let made = 0;
    let ahead = 0;
    const counted = pieces(300, () => {
      made += 1;
      const written = readdirSync(folder.path).map((name) => statSync(join(folder.path, name)).size);
      ahead = Math.max(ahead, made * 100_000 - Math.max(0, ...written));
    });
    await writeList(path(), counted, options);
    assert.equal(made, 300);
    assert.ok(ahead < 2_000_000, `${ahead} bytes ahead`);
  });
});

describe('writing a list where a file appears in the meantime', () => {
  const folder = useFolder();
  const path = () => join(folder.path, 'links.txt');
  const { signal } = new AbortController();
  const appearing = () =>
    pieces(3, (index) => {
      if (index === 1) writeFileSync(path(), 'of another program');
    });

  it('keeps that file and gives the list another name', async () => {
    const written = await writeList(path(), appearing(), { isProgram: true, overwrite: false, signal });
    assert.equal(written, join(folder.path, 'links-2.txt'));
    assert.equal(readFileSync(path(), 'utf8'), 'of another program');
    assert.equal(readFileSync(written).length, 300_000);
    assert.equal(statSync(written).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(folder.path).sort(), ['links-2.txt', 'links.txt']);
  });

  it('skips other names that are taken', async () => {
    writeFileSync(join(folder.path, 'links-2.txt'), 'older');
    const written = await writeList(path(), appearing(), { isProgram: false, overwrite: false, signal });
    assert.equal(written, join(folder.path, 'links-3.txt'));
    assert.equal(readFileSync(join(folder.path, 'links-2.txt'), 'utf8'), 'older');
  });

  it('replaces it if the file was to be replaced', async () => {
    const written = await writeList(path(), appearing(), { isProgram: false, overwrite: true, signal });
    assert.equal(written, path());
    assert.equal(readFileSync(path()).length, 300_000);
  });

  it('uses its own name if no file appears', async () => {
    assert.equal(await writeList(path(), pieces(1), { isProgram: false, overwrite: false, signal }), path());
    assert.deepEqual(readdirSync(folder.path), ['links.txt']);
  });
});
