import type { ObjectEntry } from '../../core/storage/listing.js';
import type { Rows } from '../app.js';
import type { FolderPages } from './folderPages.js';
import { containerPrefix, nodeId, type Node } from '../rows/nodes.js';
import { containersOf } from './parents.js';

interface Uploaded {
  readonly bucket: string;
  readonly entry: ObjectEntry;
}

/** Puts an uploaded object into the rows that are listed, and selects it if its folder is open. */
export async function showUploaded(app: Rows, uploaded: Uploaded): Promise<void> {
  const { bucket, entry } = uploaded;
  for (const root of app.tree.rootsOf(bucket, entry.key)) await showUnder(app, root, uploaded);
}

async function showUnder(
  { tree, view }: Rows,
  root: string | undefined,
  { bucket, entry }: Uploaded,
): Promise<void> {
  const path = containersOf(bucket, entry.key, root);
  for (const { node, pages } of tree.listedContainers(path)) {
    const child = path[path.findIndex((other) => nodeId(other) === nodeId(node)) + 1];
    if (child === undefined) addObject(pages, entry);
    else addPrefix(pages, containerPrefix(child));
    tree.update(node);
  }
  const folder = path.at(-1);
  if (folder !== undefined && view.isOpen(path)) {
    const row: Node = { kind: 'object', bucket, prefix: containerPrefix(folder), root, entry };
    await view.reveal(row, { focus: false });
  }
}

function addObject(pages: FolderPages, entry: ObjectEntry): void {
  const others = pages.objects.filter(({ key }) => key !== entry.key);
  pages.replace({ objects: insertSorted(others, { item: entry, text: ({ key }) => key }) });
}

function addPrefix(pages: FolderPages, prefix: string): void {
  if (!pages.prefixes.includes(prefix))
    pages.replace({ prefixes: insertSorted(pages.prefixes, { item: prefix, text: (text) => text }) });
}

/** Puts an item where S3 would list it: by the bytes of its UTF-8. */
function insertSorted<T>(
  items: readonly T[],
  { item, text }: { readonly item: T; readonly text: (item: T) => string },
): T[] {
  const bytes = Buffer.from(text(item), 'utf8');
  const next = items.findIndex((other) => Buffer.compare(Buffer.from(text(other), 'utf8'), bytes) > 0);
  return next === -1 ? [...items, item] : items.toSpliced(next, 0, item);
}
