import type { Connection } from '../../connection/connection.js';
import { listRecursively } from '../../storage/listing.js';

/** What to make many links for, all in one bucket. */
export interface Selection {
  readonly bucket: string;
  readonly keys: readonly string[];
  /** All keys below them are selected; the empty prefix is the whole bucket. */
  readonly prefixes: readonly string[];
}

/** Removes duplicates, including a key or prefix below another prefix. */
export function distinct({ bucket, keys, prefixes }: Selection): Selection {
  const outermost = [...new Set(prefixes)].filter(
    (prefix, _, all) => !all.some((other) => other !== prefix && prefix.startsWith(other)),
  );
  const loose = [...new Set(keys)].filter((key) => !outermost.some((prefix) => key.startsWith(prefix)));
  return { bucket, keys: loose, prefixes: outermost };
}

/** The innermost folder that contains everything: empty, or ends in a slash. */
export function commonPrefix({ keys, prefixes }: Selection): string {
  const [first = '', ...others] = [...keys, ...prefixes];
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && first[same] === other[same]) same += 1;
    length = same;
  }
  return first.slice(0, first.slice(0, length).lastIndexOf('/') + 1);
}

/**
 * All keys of a distinct selection, page by page.
 * @throws what listing throws
 */
export async function* selectedKeys(
  connection: Connection,
  { bucket, keys, prefixes }: Selection,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  if (keys.length > 0) yield keys;
  for (const prefix of prefixes) {
    for await (const objects of listRecursively(connection, { bucket, prefix, signal })) {
      yield objects.map(({ key }) => key);
    }
  }
}

/** A count of keys, and all the keys, including those that were read to count them. */
export interface Counted {
  /** The exact number up to the limit; above it, some larger number. */
  readonly count: number;
  readonly keys: AsyncIterable<readonly string[]>;
}

/** Finds out whether there are more keys than a limit, without reading much further. */
export async function countUpTo(limit: number, pages: AsyncGenerator<readonly string[]>): Promise<Counted> {
  const seen: (readonly string[])[] = [];
  let count = 0;
  while (count <= limit) {
    const next = await pages.next();
    if (next.done === true) break;
    seen.push(next.value);
    count += next.value.length;
  }
  async function* replay() {
    yield* seen;
    yield* pages;
  }
  return { count, keys: replay() };
}
