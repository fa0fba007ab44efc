import type { ListingPage, ObjectEntry } from '../../core/storage/listing.js';
import type { ObjectChange } from '../objectChanges.js';
import { ListedRows } from './listedRows.js';
import {
  containerPrefix,
  objectIn,
  type ContainerNode,
  type FolderNode,
  type Node,
  type ObjectNode,
} from './nodes.js';

/** The direct contents of a bucket or folder. A row stays the same object while it does not change. */
export class FolderRows {
  readonly #folders = new ListedRows<FolderNode>(({ prefix }) => prefix);
  readonly #objects = new ListedRows<ObjectNode>(({ entry }) => entry.key);

  constructor(
    private readonly container: ContainerNode,
    /** Returns the only row object of a folder. */
    private readonly folderRow: (prefix: string) => FolderNode,
  ) {}

  /** Folders, then objects, then `end`. `concat` copies arrays as a whole, a spread one row at a time. */
  list(end: readonly Node[]): Node[] {
    const folders: readonly Node[] = this.#folders.all;
    return folders.concat(this.#objects.all, end);
  }

  object(key: string): ObjectNode | undefined {
    return this.#objects.get(key);
  }

  /** Adds a further page and returns its first row, an object if it has any. */
  append({
    prefixes,
    objects,
  }: Pick<ListingPage, 'prefixes' | 'objects'>): FolderNode | ObjectNode | undefined {
    const folder = this.#folders.append(prefixes.map(this.folderRow));
    const object = this.#objects.append(objects.map((entry) => objectIn(this.container, entry)));
    return object ?? folder;
  }

  /**
   * Applies changes to objects of the bucket, and says whether any row differs afterwards. The row of a
   * folder that lost its last object stays until the folder is listed again: it may contain objects that have
   * not been listed.
   */
  apply({ bucket, added = [], changed = [], removed = [] }: Omit<ObjectChange, 'sourceId'>): boolean {
    if (bucket !== this.container.bucket) return false;
    const hasLost = this.#objects.remove(removed);
    const known = changed.filter(({ key }) => this.object(key) !== undefined);
    for (const entry of known) this.#putObject(entry);
    const came = added.filter((entry) => this.#add(entry));
    return hasLost || known.length > 0 || came.length > 0;
  }

  /** Whether a row was added or replaced. */
  #add(entry: ObjectEntry): boolean {
    const { key } = entry;
    const prefix = containerPrefix(this.container);
    if (!key.startsWith(prefix)) return false;
    const slash = key.indexOf('/', prefix.length);
    if (slash === -1) {
      this.#putObject(entry);
      return true;
    }
    const folder = key.slice(0, slash + 1);
    if (this.#folders.get(folder) !== undefined) return false;
    this.#folders.put(this.folderRow(folder));
    return true;
  }

  #putObject(entry: ObjectEntry): void {
    this.#objects.put(objectIn(this.container, entry));
  }
}
