import assert from 'node:assert/strict';
import { listPage, type ListingPage } from '../../../src/core/storage/listing.js';
import { parentPrefix } from '../../../src/core/storage/keys.js';
import { dotSegmentKeys, oddKeys } from '../../support/oddKeys.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { must, rejection } from '../../support/values.js';

async function list(use: ServerUse, prefix = '', pageSize = 1000): Promise<ListingPage> {
  return listPage(await use.connect(), { bucket: 'docs', prefix, pageSize });
}

/** Every page up to the last. */
async function listAll(use: ServerUse, pageSize: number): Promise<readonly ListingPage[]> {
  const connection = await use.connect();
  const pages: ListingPage[] = [];
  let continuationToken: string | undefined;
  do {
    const page = await listPage(connection, { bucket: 'docs', prefix: '', pageSize, continuationToken });
    pages.push(page);
    ({ continuationToken } = page);
  } while (continuationToken !== undefined);
  return pages;
}

describe('listPage: the content directly below a prefix', () => {
  const use = useServer();
  const keys = ['a.txt', 'b/1', 'b/2', 'b/c/3', 'd/', 'e'];
  beforeEach(() => {
    for (const key of keys) use.server.putObject('docs', key, key);
  });

  const rows: readonly (readonly [
    prefix: string,
    prefixes: readonly string[],
    objects: readonly string[],
  ])[] = [
    ['', ['b/', 'd/'], ['a.txt', 'e']],
    ['b/', ['b/c/'], ['b/1', 'b/2']],
    ['b/c/', [], ['b/c/3']],
    ['d/', [], ['d/']],
    ['b', ['b/'], []],
    ['nothing/', [], []],
  ];
  for (const [prefix, prefixes, objects] of rows) {
    it(JSON.stringify(prefix), async () => {
      const page = await list(use, prefix);
      assert.deepEqual(page.prefixes, prefixes);
      assert.deepEqual(
        page.objects.map(({ key }) => key),
        objects,
      );
      assert.equal(page.continuationToken, undefined);
    });
  }
});

describe('listPage: the description of an object', () => {
  const use = useServer();

  it('has its size, time, tag and class', async () => {
    const lastModified = new Date('2026-02-03T04:05:06.000Z');
    use.server.putObject('docs', 'a.txt', 'hello', { lastModified, storageClass: 'GLACIER' });
    assert.deepEqual((await list(use)).objects, [
      {
        key: 'a.txt',
        sizeBytes: 5,
        lastModified,
        etag: '5d41402abc4b2a76b9719d911017c592',
        storageClass: 'GLACIER',
      },
    ]);
  });

  it('has the exact key, even if it is unusual', async () => {
    const keys = [...Object.values(oddKeys), ...Object.values(dotSegmentKeys)];
    for (const key of keys) use.server.putObject('docs', key, 'x');
    for (const key of keys) {
      const page = await list(use, parentPrefix(key));
      const found = [...page.objects.map((entry) => entry.key), ...page.prefixes];
      assert.ok(found.includes(key), JSON.stringify(key));
    }
  });

  it('is requested with URL encoding, as XML cannot contain every key', async () => {
    await list(use);
    assert.match(must(use.server.requests.at(-1)).path, /[?&]encoding-type=url(?:&|$)/);
  });
});

describe('listPage: keys', () => {
  const use = useServer();

  for (const [what, key] of Object.entries(oddKeys)) {
    it(`an object is found by its key as a prefix: ${what}`, async () => {
      use.server.putObject('docs', key, 'x');
      const page = await list(use, key);
      assert.deepEqual(
        page.objects.map((entry) => entry.key),
        [key],
      );
    });

    it(`a folder is shown by its name: ${what}`, async () => {
      const folder = `${key.slice(0, 500)}/`;
      use.server.putObject('docs', `${folder}inside`, 'x');
      assert.deepEqual((await list(use, parentPrefix(folder))).prefixes, [folder]);
      assert.deepEqual(
        (await list(use, folder)).objects.map((entry) => entry.key),
        [`${folder}inside`],
      );
    });
  }
});

describe('listPage: pages', () => {
  const use = useServer();

  it('hold as many as requested, and continue where the last one ended', async () => {
    const keys = Array.from({ length: 25 }, (_, index) => `k${String(index).padStart(2, '0')}`);
    for (const key of keys) use.server.putObject('docs', key, 'x');
    for (const folder of ['f1/', 'f2/']) use.server.putObject('docs', `${folder}x`, 'x');
    const pages = await listAll(use, 10);
    assert.deepEqual(
      pages.map(({ prefixes, objects }) => prefixes.length + objects.length),
      [10, 10, 7],
    );
    assert.deepEqual(
      pages.flatMap(({ objects }) => objects.map(({ key }) => key)),
      keys,
    );
    assert.deepEqual(
      pages.flatMap(({ prefixes }) => prefixes),
      ['f1/', 'f2/'],
    );
  });

  it('end with the last one, even if it is full', async () => {
    for (const key of ['a', 'b', 'c', 'd']) use.server.putObject('docs', key, 'x');
    assert.equal((await listAll(use, 2)).length, 2);
  });

  it('continue after a key of any kind', async () => {
    for (const key of Object.values(oddKeys)) use.server.putObject('docs', key, 'x');
    const pages = await listAll(use, 1);
    const whole = await list(use);
    assert.deepEqual(
      pages.flatMap(({ objects }) => objects),
      whole.objects,
    );
    assert.deepEqual(
      pages.flatMap(({ prefixes }) => prefixes),
      whole.prefixes,
    );
  });
});

describe('listPage: what can go wrong', () => {
  const use = useServer();

  it('works in another region', async () => {
    use.server.putObject('eu-docs', 'a', 'x');
    const page = await listPage(await use.connect(), { bucket: 'eu-docs', prefix: '', pageSize: 10 });
    assert.equal(must(page.objects[0]).key, 'a');
  });

  it('fails without a bucket, and without permission to list', async () => {
    const missing = listPage(await use.connect(), { bucket: 'missing', prefix: '', pageSize: 10 });
    assert.equal((await rejection(missing)).name, 'NoSuchBucket');
    const denied = listPage(await use.connect('mallory'), { bucket: 'docs', prefix: '', pageSize: 10 });
    assert.equal((await rejection(denied)).name, 'AccessDenied');
  });

  it('stops when aborted', async () => {
    const arrived = use.hang('ListObjectsV2');
    const controller = new AbortController();
    const request = { bucket: 'docs', prefix: '', pageSize: 10, signal: controller.signal };
    const waiting = rejection(listPage(await use.connect(), request));
    await arrived;
    controller.abort();
    assert.equal((await waiting).name, 'AbortError');
  });
});
