import { setTimeout as pause } from 'node:timers/promises';

export interface PollOptions {
  /** What is awaited, for the error message. */
  readonly what: string | (() => string);
  readonly limitMs: number;
  readonly everyMs?: number;
}

/**
 * Calls `probe` until it returns something other than undefined or false.
 * @throws Error naming what was awaited when the limit is reached.
 */
export async function poll<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  options: PollOptions,
): Promise<T> {
  const end = performance.now() + options.limitMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) {
      const what = typeof options.what === 'string' ? options.what : options.what();
      throw new Error(`Waited ${options.limitMs / 1000} s in vain for ${what}.`);
    }
    await pause(options.everyMs ?? 50);
  }
}
