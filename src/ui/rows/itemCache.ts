/** Kept items are rebuilt after this time, because they show how old an object is. */
const maxAgeMs = 60_000;

/** Keeps what was built from a row for as long as it is accurate. */
export class ItemCache<Row extends object, Item> {
  #items = new WeakMap<Row, Item>();
  #sinceMs = -Infinity;

  constructor(private readonly nowMs: () => number = () => Date.now()) {}

  get(row: Row): Item | undefined {
    const nowMs = this.nowMs();
    if (nowMs - this.#sinceMs >= maxAgeMs) {
      this.clear();
      this.#sinceMs = nowMs;
    }
    return this.#items.get(row);
  }

  set(row: Row, item: Item): void {
    this.#items.set(row, item);
  }

  clear(): void {
    this.#items = new WeakMap();
  }
}
