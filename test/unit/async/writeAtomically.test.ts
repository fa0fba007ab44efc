import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeAtomically } from '../../../src/core/async/writeAtomically.js';
import { useFolder } from '../support/folders.js';
import { must, rejection } from '../../support/values.js';

/** The only file in a folder: the temporary one during a write. */
function onlyFile(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  assert.deepEqual(others, []);
  return join(folder, must(name));
}

describe('writeAtomically', () => {
  const folder = useFolder();

  it('creates the file once it is complete, with its mode', async () => {
    const path = join(folder.path, 'a');
    const result = await writeAtomically({ path, overwrite: false, mode: 0o600 }, async (file) => {
      await file.writeFile('some');
      assert.match(onlyFile(folder.path), /\/a\.[0-9a-f]{12}\.part$/);
      await file.writeFile(' text');
      return 7;
    });
    assert.deepEqual(
      [result, readFileSync(path, 'utf8'), statSync(path).mode & 0o777],
      [7, 'some text', 0o600],
    );
    assert.deepEqual(readdirSync(folder.path), ['a']);
  });

  it('keeps a private file private when it replaces it', async () => {
    const path = join(folder.path, 'a');
    writeFileSync(path, 'old', { mode: 0o600 });
    await writeAtomically({ path, overwrite: true }, (file) => file.writeFile('other'));
    assert.deepEqual([readFileSync(path, 'utf8'), statSync(path).mode & 0o777], ['other', 0o600]);
  });

  it('keeps a file that appeared under its name during the write', async () => {
    const path = join(folder.path, 'a');
    const writing = writeAtomically({ path, overwrite: false }, (file) => {
      writeFileSync(path, 'mine');
      return file.writeFile('theirs');
    });
    assert.equal((await rejection(writing)).name, 'FileExistsError');
    assert.deepEqual([readdirSync(folder.path), readFileSync(path, 'utf8')], [['a'], 'mine']);
  });
});

describe('writeAtomically, when it fails', () => {
  const folder = useFolder();

  it('leaves no empty file under its name when the move fails', async () => {
    const writing = writeAtomically({ path: join(folder.path, 'a'), overwrite: false }, () => {
      unlinkSync(onlyFile(folder.path));
      return Promise.resolve();
    });
    const error = await rejection(writing);
    assert.equal(error.name, 'FileWriteError');
    assert.match(error.message, /\(ENOENT\)/);
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('removes only what it created', async () => {
    const leftovers: string[] = [];
    let part = '';
    const target = {
      path: join(folder.path, 'a'),
      overwrite: false,
      onLeftover: (left: string) => leftovers.push(left),
    };
    const writing = writeAtomically(target, () => {
      part = onlyFile(folder.path);
      renameSync(part, join(folder.path, 'moved'));
      writeFileSync(part, 'of another program');
      return Promise.reject(new Error('the reason'));
    });
    assert.equal((await rejection(writing)).message, 'the reason');
    assert.equal(readFileSync(part, 'utf8'), 'of another program');
    assert.deepEqual(leftovers, []);
  });
});

/** A folder where files can be added but not removed, as root can make on Linux; undefined if that fails. */
function appendOnly(parent: string): string | undefined {
  const path = join(parent, 'log');
  mkdirSync(path);
  try {
    execFileSync('chattr', ['+a', path], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}

/** Such a folder for each test, which is skipped without one. */
function useAppendOnly(): { readonly path: string } {
  let path: string | undefined;
  // Registered first, so that it runs before the hook that removes the folder.
  afterEach(() => {
    if (path !== undefined) execFileSync('chattr', ['-a', path]);
  });
  const folder = useFolder();
  beforeEach(function () {
    path = appendOnly(folder.path);
    // Only root can make such a folder, and only on some file systems.
    if (path === undefined) this.skip();
  });
  return {
    get path() {
      return must(path);
    },
  };
}

describe('writeAtomically, when it cannot clean up', () => {
  const folder = useAppendOnly();

  const writes: Readonly<Record<string, (file: FileHandle) => Promise<void>>> = {
    'FileWriteError: The file a cannot be written (EPERM).': (file) => file.writeFile('x'),
    'Error: The connection broke.': () => Promise.reject(new Error('The connection broke.')),
  };
  for (const [reason, write] of Object.entries(writes)) {
    it(`keeps the reason, and reports the leftovers: ${reason}`, async () => {
      const parent = folder.path;
      const left: string[] = [];
      const target = {
        path: join(parent, 'a'),
        overwrite: false,
        onLeftover: (name: string) => left.push(name),
      };
      const error = await rejection(writeAtomically(target, write));
      assert.ok(String(error).startsWith(reason), String(error));
      assert.deepEqual(
        left.toSorted(),
        readdirSync(parent)
          .map((name) => join(parent, name))
          .toSorted(),
      );
      assert.ok(left.length > 0);
    });
  }
});

describe('writeAtomically, when it cannot replace a file', () => {
  const folder = useAppendOnly();

  for (const onRenameFailure of [undefined, 'overwrite'] as const) {
    const content = onRenameFailure === undefined ? 'kept' : 'overwritten';
    it(`the file is ${content} (onRenameFailure: ${onRenameFailure ?? 'not given'})`, async () => {
      const parent = folder.path;
      const left: string[] = [];
      const target = {
        path: join(parent, 'a'),
        overwrite: true,
        ...(onRenameFailure === undefined ? {} : { onRenameFailure }),
        onLeftover: (name: string) => left.push(name),
      };
      writeFileSync(target.path, 'kept', { mode: 0o600 });
      const { ino } = statSync(target.path);
      const failure = await writeAtomically(target, (file) => file.writeFile('overwritten')).catch(
        (error: unknown) => error,
      );
      assert.equal(failure instanceof Error, onRenameFailure === undefined);
      assert.deepEqual([readFileSync(target.path, 'utf8'), statSync(target.path).ino], [content, ino]);
      assert.deepEqual(
        ['a', ...left.map((name) => basename(name))].toSorted(),
        readdirSync(parent).toSorted(),
      );
    });
  }
});
