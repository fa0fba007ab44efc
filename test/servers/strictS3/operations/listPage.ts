import type { Bucket, ServerObject } from '../store.js';
import { compareUtf8 } from '../store.js';
import type { PageToken } from './paging.js';

/** One row of a listing. */
export type Entry =
  | { readonly kind: 'object'; readonly name: string; readonly object: ServerObject }
  | { readonly kind: 'prefix'; readonly name: string };

export interface PageRequest {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly from: PageToken | undefined;
}

export interface Page {
  readonly entries: readonly Entry[];
  /** Where the next page begins; `undefined` on the last page. */
  readonly next: PageToken | undefined;
}

/** The index of the first key that is not before `text`. */
function lowerBound(keys: readonly string[], text: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareUtf8(keys[middle] ?? '', text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Every key that starts with `prefix` sorts before this index, from `start` on. */
function endOfPrefix(keys: readonly string[], prefix: string, start: number): number {
  let low = start;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]?.startsWith(prefix) === true) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startIndex(keys: readonly string[], { prefix, from }: PageRequest): number {
  const first = lowerBound(keys, prefix);
  if (from === undefined || from.after === '') return first;
  const at = lowerBound(keys, from.after);
  if (from.isPrefix) return Math.max(first, endOfPrefix(keys, from.after, at));
  return Math.max(first, keys[at] === from.after ? at + 1 : at);
}

/** One page in the order of UTF-8 bytes; a common prefix counts as one entry. */
export function listPage(bucket: Bucket, request: PageRequest): Page {
  const keys = bucket.keys();
  const entries: Entry[] = [];
  let at = startIndex(keys, request);
  for (;;) {
    const key = keys[at];
    if (key?.startsWith(request.prefix) !== true) return { entries, next: undefined };
    const last = entries.at(-1);
    if (entries.length >= request.maxKeys) {
      return { entries, next: last && { after: last.name, isPrefix: last.kind === 'prefix' } };
    }
    const end = request.delimiter === '' ? -1 : key.indexOf(request.delimiter, request.prefix.length);
    const object = bucket.objects.get(key);
    if (end >= 0) {
      const name = key.slice(0, end + request.delimiter.length);
      entries.push({ kind: 'prefix', name });
      at = endOfPrefix(keys, name, at);
    } else {
      if (object !== undefined) entries.push({ kind: 'object', name: key, object });
      at += 1;
    }
  }
}
