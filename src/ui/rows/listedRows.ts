import { compareKeys } from '../../core/storage/keys.js';

/**
 * Rows of one kind in S3's order. Adding a page costs the same however many rows there are. Directory buckets
 * and some other stores list in no order; their rows stay as listed.
 */
export class ListedRows<Row> {
  #rows: Row[] = [];
  readonly #byKey = new Map<string, Row>();
  #lastListed = '';

  constructor(private readonly keyOf: (row: Row) => string) {}

  get all(): readonly Row[] {
    return this.#rows;
  }

  get(key: string): Row | undefined {
    return this.#byKey.get(key);
  }

  /**
   * Adds a page after the earlier ones and returns its first row that was not there before: an object added
   * since the last page may be listed again in this one, and VS Code cannot show two rows with the same ID.
   */
  append(page: readonly Row[]): Row | undefined {
    const early = this.#takeEarly();
    const unknown = page.filter((row) => this.#isFirst(row));
    this.#rows.push(...unknown);
    const last = unknown.at(-1);
    if (last !== undefined) this.#lastListed = this.keyOf(last);
    for (const row of early) this.#insert(row);
    return unknown[0];
  }

  /** Puts a row where S3 would list it, or replaces the one with its key. */
  put(row: Row): void {
    const key = this.keyOf(row);
    const known = this.#byKey.get(key);
    this.#byKey.set(key, row);
    if (known === undefined) this.#insert(row);
    else this.#rows[this.#rows.indexOf(known)] = row;
  }

  /** Whether any of them existed. */
  remove(keys: readonly string[]): boolean {
    const found = keys.filter((key) => this.#byKey.delete(key));
    if (found.length > 0) this.#rows = this.#rows.filter((row) => this.#byKey.has(this.keyOf(row)));
    return found.length > 0;
  }

  /**
   * Removes and returns the rows that were put behind everything listed so far: the next page may belong
   * before them.
   */
  #takeEarly(): readonly Row[] {
    const last = this.#rows.findLastIndex((row) => compareKeys(this.keyOf(row), this.#lastListed) <= 0);
    return this.#rows.splice(last + 1);
  }

  #isFirst(row: Row): boolean {
    const key = this.keyOf(row);
    if (this.#byKey.has(key)) return false;
    this.#byKey.set(key, row);
    return true;
  }

  #insert(row: Row): void {
    const key = this.keyOf(row);
    let start = 0;
    let end = this.#rows.length;
    while (start < end) {
      const middle = Math.floor((start + end) / 2);
      const other = this.#rows[middle];
      if (other !== undefined && compareKeys(this.keyOf(other), key) < 0) start = middle + 1;
      else end = middle;
    }
    this.#rows.splice(start, 0, row);
  }
}
