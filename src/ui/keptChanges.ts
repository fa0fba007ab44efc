import type { Memento } from 'vscode';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

/** A change of one value of the state. Made again, it changes nothing more. */
export interface KeptChange {
  readonly key: string;
  /** From what is stored, or undefined, to what is to be stored. */
  readonly change: (value: unknown) => object;
}

/** By then each window has heard of the change, and what it wrote before has arrived. */
const keptMs = 3000;
const pauseMs = 150;

/**
 * Changes a value of the state that all windows share, so that another window does not undo it. VS Code writes the whole
 * state of an extension with each update (ExtensionMemento in extHostMemento.ts): a window that has not yet heard of
 * this change writes the older value back, whichever key it updates. For some seconds the change is therefore made again
 * where it is missing, with those that this window made after it, on top of what the other windows have written.
 */
export async function changeKept(state: Memento, recent: KeptChange[], kept: KeptChange): Promise<void> {
  recent.push(kept);
  await applyRecent(state, recent, kept.key);
  // The person does not wait for this. It fails when the window closes.
  void keep(state, recent, kept).catch(() => undefined);
}

async function keep(state: Memento, recent: KeptChange[], kept: KeptChange): Promise<void> {
  const end = Date.now() + keptMs;
  try {
    while (Date.now() < end) {
      await pause(pauseMs, undefined, { ref: false });
      await applyRecent(state, recent, kept.key);
    }
  } finally {
    recent.splice(recent.indexOf(kept), 1);
  }
}

async function applyRecent(state: Memento, recent: readonly KeptChange[], key: string): Promise<void> {
  const before = state.get<unknown>(key);
  const after = recent
    .filter((kept) => kept.key === key)
    .reduce<unknown>((value, { change }) => change(value), before);
  // As it will be read: without what JSON leaves out.
  const stored: unknown = JSON.parse(JSON.stringify(after));
  if (!isDeepStrictEqual(stored, before)) await state.update(key, stored);
}
