import { EventEmitter, type Disposable } from 'vscode';
import type { ObjectEntry } from '../core/storage/listing.js';

/** What happened to objects of one bucket. A move is told as what was removed and what was added. */
export interface ObjectChange {
  /** Whose objects these are, as `formatSource` names the profile or the connection. */
  readonly sourceId: string;
  readonly bucket: string;
  readonly added?: readonly ObjectEntry[];
  /** As they are after the change. */
  readonly changed?: readonly ObjectEntry[];
  /** The keys. */
  readonly removed?: readonly string[];
}

/** Where whoever writes objects tells what was changed, and where whoever shows them hears of it. */
export class ObjectChanges implements Disposable {
  readonly #told = new EventEmitter<ObjectChange>();
  readonly onDidChange = this.#told.event;

  /** To be called once for many objects: each call may draw a folder afresh. */
  tell(change: ObjectChange): void {
    this.#told.fire(change);
  }

  dispose(): void {
    this.#told.dispose();
  }
}
