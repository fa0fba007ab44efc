import assert from 'node:assert/strict';
import {
  commonPrefix,
  countUpTo,
  distinct,
  selectedKeys,
  type Selection,
} from '../../../../src/core/links/lists/selection.js';
import { oddKeys } from '../../../support/oddKeys.js';
import { useServer } from '../../../support/server.js';
import { rejection } from '../../../support/values.js';

function selection(keys: readonly string[], prefixes: readonly string[] = []): Selection {
  return { bucket: 'docs', keys, prefixes };
}

async function joined(pages: AsyncIterable<readonly string[]>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

describe('a selection', () => {
  const rows: readonly (readonly [
    keys: readonly string[],
    prefixes: readonly string[],
    expected: Selection,
    base: string,
  ])[] = [
    [['in/a', 'in/b'], [], selection(['in/a', 'in/b']), 'in/'],
    [['in/a', 'in/a'], ['out/', 'out/'], selection(['in/a'], ['out/']), ''],
    [['in/a', 'in'], ['in/', 'in/deep/'], selection(['in'], ['in/']), ''],
    [['a/x', 'b'], ['', 'a/'], selection([], ['']), ''],
    [[], ['in/deep/'], selection([], ['in/deep/']), 'in/deep/'],
    [['in/deep1'], ['in/deep/'], selection(['in/deep1'], ['in/deep/']), 'in/'],
    [['a'], [], selection(['a']), ''],
    [['in/'], [], selection(['in/']), 'in/'],
  ];
  for (const [keys, prefixes, expected, base] of rows) {
    it(`has no duplicates, and its base folder is "${base}": ${JSON.stringify([keys, prefixes])}`, () => {
      const once = distinct(selection(keys, prefixes));
      assert.deepEqual(once, expected);
      assert.equal(commonPrefix(once), base);
    });
  }
});

describe('the keys of a selection', () => {
  const use = useServer();

  it('are all below a prefix, in every folder, page by page, whatever they contain', async () => {
    const odd = Object.values(oddKeys);
    const many = Array.from({ length: 2500 }, (_, index) => `many/${index % 7}/${index}`);
    for (const key of [...odd, ...many]) use.server.putObject('docs', key, '');
    const connection = await use.connect();
    const { signal } = new AbortController();
    use.server.clearRequests();
    const below = await joined(selectedKeys(connection, selection(['x'], ['many/']), signal));
    assert.deepEqual([...below].toSorted(), ['x', ...many].toSorted());
    // Small pages: a large one is processed in one go, which blocks everything else.
    assert.equal(use.server.requests.filter(({ operation }) => operation === 'ListObjectsV2').length, 10);
    const whole = await joined(selectedKeys(connection, selection([], ['']), signal));
    assert.deepEqual([...whole].toSorted(), use.server.keys('docs').toSorted());
  });

  it('include those of a directory bucket', async () => {
    const bucket = 'data--use1-az4--x-s3';
    use.server.createBucket(bucket);
    for (const key of ['in/a', 'in/deep/b', 'out']) use.server.putObject(bucket, key, '');
    const { signal } = new AbortController();
    const keys = await joined(
      selectedKeys(await use.connect(), { bucket, keys: [], prefixes: ['in/'] }, signal),
    );
    assert.deepEqual([...keys].toSorted(), ['in/a', 'in/deep/b']);
  });

  it('are no longer requested after an abort', async () => {
    const connection = await use.connect();
    const abort = new AbortController();
    const hanging = use.hang('ListObjectsV2');
    const failure = rejection(joined(selectedKeys(connection, selection([], ['']), abort.signal)));
    await hanging;
    abort.abort();
    assert.equal((await failure).name, 'AbortError');
  });
});

describe('countUpTo', () => {
  /** Pages of ten keys, and the number of pages read. */
  function pages(count: number) {
    const state = { read: 0 };
    async function* all() {
      for (; state.read < count; state.read += 1) {
        await Promise.resolve();
        yield Array.from({ length: 10 }, (_, index) => `${state.read}/${index}`);
      }
    }
    return { state, pages: all() };
  }

  for (const [count, limit, found, read] of [
    [2, 25, 20, 2],
    [0, 25, 0, 0],
    [9, 25, 30, 2],
    [3, 30, 30, 3],
    [4, 30, 40, 3],
  ] as const) {
    it(`counts ${count} pages up to ${limit} keys and loses none of them`, async () => {
      const { state, pages: given } = pages(count);
      const counted = await countUpTo(limit, given);
      assert.equal(counted.count, found);
      assert.equal(state.read, read);
      assert.equal(new Set(await joined(counted.keys)).size, count * 10);
    });
  }
});
