import type { Memento } from 'vscode';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

/** A change to one value of the state. Applying it again changes nothing more. */
export interface StateChange {
  readonly key: string;
  /** Takes the stored value, or undefined, and returns the value to store. */
  readonly change: (value: unknown) => object;
}

/** By then every window has heard of the change, and its earlier writes have arrived. */
const reapplyForMs = 3000;
const pauseMs = 150;

/**
 * Changes a value of the state that all windows share, and keeps other windows from undoing it. VS Code
 * writes the whole state of an extension with each update (ExtensionMemento in extHostMemento.ts): a window
 * that has not yet heard of this change writes the older value back, whichever key it updates. For a few
 * seconds this window therefore reapplies the change wherever it is missing, with its own later changes, on
 * top of what the other windows have written.
 */
export async function changeState(
  state: Memento,
  recent: StateChange[],
  stateChange: StateChange,
): Promise<void> {
  recent.push(stateChange);
  await applyRecent(state, recent, stateChange.key);
  // The user does not wait for this. It fails when the window closes.
  void reapply(state, recent, stateChange).catch(() => undefined);
}

async function reapply(state: Memento, recent: StateChange[], stateChange: StateChange): Promise<void> {
  const end = Date.now() + reapplyForMs;
  try {
    while (Date.now() < end) {
      await pause(pauseMs, undefined, { ref: false });
      await applyRecent(state, recent, stateChange.key);
    }
  } finally {
    recent.splice(recent.indexOf(stateChange), 1);
  }
}

async function applyRecent(state: Memento, recent: readonly StateChange[], key: string): Promise<void> {
  const before = state.get<unknown>(key);
  const after = recent
    .filter((stateChange) => stateChange.key === key)
    .reduce<unknown>((value, { change }) => change(value), before);
  // As it will be read back: without what JSON omits.
  const stored: unknown = JSON.parse(JSON.stringify(after));
  if (!isDeepStrictEqual(stored, before)) await state.update(key, stored);
}
