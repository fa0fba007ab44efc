import assert from 'node:assert/strict';
import type { ObjectEntry } from '../../../src/core/storage/listing.js';
import { FolderRows } from '../../../src/ui/rows/folderRows.js';
import { folderIn, nodeKey, type BucketNode, type ContainerNode } from '../../../src/ui/rows/nodes.js';

const docs: BucketNode = { kind: 'bucket', bucket: 'docs', region: undefined };
const { bucket } = docs;

function entry(key: string, sizeBytes = 1): ObjectEntry {
  return { key, sizeBytes, lastModified: undefined, etag: undefined, storageClass: undefined };
}

function page(objects: readonly string[], prefixes: readonly string[] = []) {
  return { prefixes, objects: objects.map((key) => entry(key)) };
}

function rowsOf(container: ContainerNode = docs): FolderRows {
  return new FolderRows(container, (prefix) => folderIn(container, prefix));
}

function keys(rows: FolderRows): readonly string[] {
  return rows.list([]).map((row) => ('bucket' in row ? nodeKey(row) : row.kind));
}

describe('the rows of a folder', () => {
  it('are its folders, its objects and the row at the end', () => {
    const rows = rowsOf();
    rows.append(page(['a.txt', 'c.txt'], ['b/']));
    assert.deepEqual(
      rows.list([{ kind: 'more', container: docs }]).map(({ kind }) => kind),
      ['folder', 'object', 'object', 'more'],
    );
  });

  it('stay the same objects when a page is added', () => {
    const rows = rowsOf();
    rows.append(page(['a.txt'], ['a/']));
    const before = rows.list([]);
    rows.append(page(['b.txt'], ['b/']));
    const after = rows.list([]);
    assert.equal(after.length, 4);
    assert.equal(
      before.every((row) => after.includes(row)),
      true,
    );
  });

  it('begin a page with its first object, else with its first folder, else with nothing', () => {
    const rows = rowsOf();
    assert.equal(rows.append(page(['a.txt'], ['a/'])), rows.object('a.txt'));
    assert.equal(rows.append(page([], ['b/']))?.kind, 'folder');
    assert.equal(rows.append(page(['a.txt'], ['b/'])), undefined);
  });

  it('have no duplicates, whether a page repeats itself or the previous one', () => {
    const rows = rowsOf();
    rows.append(page(['a', 'b', 'b'], ['x/', 'x/']));
    rows.append(page(['a', 'c'], ['x/', 'y/']));
    assert.deepEqual(keys(rows), ['x/', 'y/', 'a', 'b', 'c']);
  });

  it('keep the order of a store that does not sort', () => {
    const rows = rowsOf();
    rows.append(page(['m', 'z']));
    rows.append(page(['a', 'm']));
    rows.append(page(['b']));
    assert.deepEqual(keys(rows), ['m', 'z', 'a', 'b']);
  });
});

describe('an object that is added', () => {
  for (const [where, key, expected] of [
    ['before all', 'a', ['a', 'b', 'd', 'f']],
    ['among the others', 'c', ['b', 'c', 'd', 'f']],
    ['after all', 'g', ['b', 'd', 'f', 'g']],
    ['with an uppercase key', 'Z', ['Z', 'b', 'd', 'f']],
  ] as const) {
    it(`gets a row where S3 lists it: ${where}`, () => {
      const rows = rowsOf();
      rows.append(page(['b', 'd', 'f']));
      assert.equal(rows.apply({ bucket, added: [entry(key)] }), true);
      assert.deepEqual(keys(rows), expected);
    });
  }

  it("is sorted by UTF-8 bytes, not by JavaScript's UTF-16 units", () => {
    const rows = rowsOf();
    rows.append(page(['~', '\uff5e']));
    rows.apply({ bucket, added: [entry('\u{1f600}')] });
    assert.deepEqual(keys(rows), ['~', '\uff5e', '\u{1f600}']);
  });

  it('replaces the row of an existing object', () => {
    const rows = rowsOf();
    rows.append(page(['a', 'b', 'c']));
    assert.equal(rows.apply({ bucket, added: [entry('b', 7)] }), true);
    assert.deepEqual(keys(rows), ['a', 'b', 'c']);
    assert.equal(rows.object('b')?.entry.sizeBytes, 7);
  });

  it('is sorted into the next pages, and listed once', () => {
    const rows = rowsOf();
    rows.append(page(['a', 'b']));
    rows.apply({ bucket, added: [entry('e', 7), entry('x'), entry('c', 7)] });
    assert.deepEqual(keys(rows), ['a', 'b', 'c', 'e', 'x']);
    assert.equal(rows.append(page(['c', 'd', 'e', 'f'])), rows.object('d'));
    assert.deepEqual(keys(rows), ['a', 'b', 'c', 'd', 'e', 'f', 'x']);
    assert.equal(rows.object('e')?.entry.sizeBytes, 7);
    rows.append(page(['w', 'x', 'y']));
    assert.deepEqual(keys(rows), ['a', 'b', 'c', 'd', 'e', 'f', 'w', 'x', 'y']);
  });
});

describe('an object that is added below a folder', () => {
  it('adds a row for the folder, once', () => {
    const rows = rowsOf();
    rows.append(page(['a.txt'], ['a/', 'c/']));
    assert.equal(rows.apply({ bucket, added: [entry('b/deep/x'), entry('b/y')] }), true);
    assert.deepEqual(keys(rows), ['a/', 'b/', 'c/', 'a.txt']);
    assert.equal(rows.apply({ bucket, added: [entry('b/z')] }), false);
  });

  for (const [what, prefix, key, expected] of [
    ['in the folder itself', 'in/', 'in/x', ['in/x']],
    ['as the folder marker', 'in/', 'in/', ['in/']],
    ['in a folder with an empty name', 'in/', 'in//x', ['in//']],
    ['in another folder', 'in/', 'other/x', []],
    ['in a folder with a similar name', 'in/', 'inner/x', []],
  ] as const) {
    it(`appears in that folder if it belongs there: ${what}`, () => {
      const rows = rowsOf(folderIn(docs, prefix));
      assert.equal(rows.apply({ bucket, added: [entry(key)] }), expected.length > 0);
      assert.deepEqual(keys(rows), expected);
    });
  }

  it('has the root of an added row above it', () => {
    const rows = rowsOf({ ...docs, prefix: 'in/', added: true });
    rows.apply({ bucket, added: [entry('in/x'), entry('in/y/z'), entry('out')] });
    assert.deepEqual(keys(rows), ['in/y/', 'in/x']);
    assert.equal(rows.object('in/x')?.root, 'in/');
  });
});

describe('an object that is changed', () => {
  it('gets another row in its place, with its size and date', () => {
    const rows = rowsOf();
    rows.append(page(['a', 'b', 'c']));
    const [a, b, c] = rows.list([]);
    const lastModified = new Date(0);
    assert.equal(rows.apply({ bucket, changed: [{ ...entry('b', 9), lastModified }] }), true);
    const after = rows.list([]);
    assert.deepEqual([after[0] === a, after[1] === b, after[2] === c], [true, false, true]);
    assert.deepEqual(rows.object('b')?.entry, { ...entry('b', 9), lastModified });
  });

  it('gets no row if it had none', () => {
    const rows = rowsOf();
    rows.append(page(['a']));
    assert.equal(rows.apply({ bucket, changed: [entry('b')] }), false);
    assert.deepEqual(keys(rows), ['a']);
  });
});

describe('an object that is removed', () => {
  it('loses its row, and the others stay', () => {
    const rows = rowsOf();
    rows.append(page(['a', 'b', 'c'], ['in/']));
    assert.equal(rows.apply({ bucket, removed: ['a', 'c', 'in/x', 'none'] }), true);
    assert.deepEqual(keys(rows), ['in/', 'b']);
    assert.equal(rows.object('a'), undefined);
  });

  it('may return', () => {
    const rows = rowsOf();
    rows.append(page(['a', 'b', 'c']));
    rows.apply({ bucket, removed: ['b'] });
    rows.apply({ bucket, added: [entry('b')] });
    assert.deepEqual(keys(rows), ['a', 'b', 'c']);
  });

  it('was the last, and leaves an empty folder', () => {
    const rows = rowsOf();
    rows.append(page(['a']));
    rows.apply({ bucket, removed: ['a'] });
    assert.deepEqual(rows.list([]), rowsOf().list([]));
  });

  it('is replaced by another name in the same change', () => {
    const rows = rowsOf();
    rows.append(page(['a', 'c']));
    rows.apply({ bucket, removed: ['a'], added: [entry('d')] });
    assert.deepEqual(keys(rows), ['c', 'd']);
  });

  it('changes nothing if it had no row', () => {
    const rows = rowsOf();
    rows.append(page(['a']));
    assert.equal(rows.apply({ bucket, removed: ['b'] }), false);
  });
});

describe('a change in another bucket', () => {
  it('changes no row', () => {
    const rows = rowsOf();
    rows.append(page(['a']));
    const change = { bucket: 'other', added: [entry('b')], changed: [entry('a', 9)], removed: ['a'] };
    assert.equal(rows.apply(change), false);
    assert.deepEqual(keys(rows), ['a']);
    assert.equal(rows.object('a')?.entry.sizeBytes, 1);
  });
});
