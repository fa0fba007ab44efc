import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for a slow machine whose cores are busy. */
const LIMIT_MS = 40_000;

export interface PollOptions {
  /** What is awaited, for the error message. */
  readonly what: string | (() => string);
  /** Default: 40 s. */
  readonly limitMs?: number;
  readonly everyMs?: number;
}

/**
 * Calls `probe` until it returns something other than undefined or false.
 * @throws Error naming what was awaited when the limit is reached.
 */
export async function poll<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  { what, limitMs = LIMIT_MS, everyMs = 50 }: PollOptions,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) {
      const awaited = typeof what === 'string' ? what : what();
      throw new Error(`Waited ${limitMs / 1000} s in vain for ${awaited}.`);
    }
    await pause(everyMs);
  }
}
