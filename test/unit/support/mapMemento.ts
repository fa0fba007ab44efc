import type { Memento } from 'vscode';

/** State that holds only what was stored. */
export class MapMemento implements Memento {
  readonly #values: Map<string, unknown>;

  constructor(stored: Readonly<Record<string, unknown>> = {}) {
    this.#values = new Map(Object.entries(stored));
  }

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string, defaultValue?: unknown): never {
    // The caller names the type.
    return (this.#values.has(key) ? this.#values.get(key) : defaultValue) as never;
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
    return Promise.resolve();
  }
}
