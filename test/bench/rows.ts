import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ObjectEntry } from '../../src/core/storage/listing.js';
import { FolderRows } from '../../src/ui/rows/folderRows.js';
import { folderIn, type BucketNode } from '../../src/ui/rows/nodes.js';
import { median } from '../support/median.js';

// Measures what one more page costs in a folder with many rows, compared with a folder with few.

const pageSize = 250;
const few = 500;
const many = 50_000;

const bucket: BucketNode = { kind: 'bucket', bucket: 'bench', region: undefined };

/** A page as a listing returns it, each key a separate string. */
function page(number: number): {
  readonly prefixes: readonly string[];
  readonly objects: readonly ObjectEntry[];
} {
  const objects = Array.from({ length: pageSize }, (_, index) => ({
    key: `folder/object ${String(number * pageSize + index).padStart(9, '0')}.pdf`,
    sizeBytes: index,
    lastModified: undefined,
    etag: undefined,
    storageClass: undefined,
  }));
  return { prefixes: [], objects };
}

function folderOf(count: number): FolderRows {
  const rows = new FolderRows(bucket, (prefix) => folderIn(bucket, prefix));
  for (let number = 0; number < count / pageSize; number += 1) rows.append(page(number));
  return rows;
}

function microseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * The time to append a page, and the time to return all rows to VS Code afterwards, which copies their
 * references.
 */
function measure(count: number): { readonly append: number; readonly list: number } {
  const rows = folderOf(count);
  const next = page(count / pageSize);
  // Garbage from building the folder must not count for the page.
  collect();
  return { append: microseconds(() => rows.append(next)), list: microseconds(() => rows.list([])) };
}

const rounds: { readonly few: ReturnType<typeof measure>; readonly many: ReturnType<typeof measure> }[] = [];
for (let round = 0; round < 70; round += 1) {
  // Side by side and in turns, so that a busy machine is busy for both. The first rounds warm up.
  const measured = { few: measure(few), many: measure(many) };
  if (round >= 10) rounds.push(measured);
}
for (const [what, name] of [
  ['appending it', 'append'],
  ['listing all rows after it', 'list'],
] as const) {
  const at = (size: 'few' | 'many') => median(rounds.map((round) => round[size][name]));
  const ratio = at('many') / at('few');
  console.log(
    `a page of ${pageSize}, ${what}: ${many} rows / ${few} rows = ${ratio.toFixed(2)} (${at('many').toFixed(0)} us / ${at('few').toFixed(0)} us)`,
  );
}
