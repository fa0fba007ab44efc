import { EventEmitter, type Disposable } from 'vscode';
import type { ObjectEntry } from '../core/storage/listing.js';

/** What happened to objects of one bucket. A move is reported as a removal and an addition. */
export interface ObjectChange {
  /** The profile or connection of these objects, as `formatSource` names it. */
  readonly sourceId: string;
  readonly bucket: string;
  readonly added?: readonly ObjectEntry[];
  /** Their entries after the change. */
  readonly changed?: readonly ObjectEntry[];
  /** Their keys. */
  readonly removed?: readonly string[];
}

/** Passes changes from the code that writes objects to the code that shows them. */
export class ObjectChanges implements Disposable {
  readonly #changed = new EventEmitter<ObjectChange>();
  readonly onDidChange = this.#changed.event;

  /** Call it once for many objects: each call may redraw a folder. */
  notify(change: ObjectChange): void {
    this.#changed.fire(change);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
