import { setTimeout as wait } from 'node:timers/promises';
import { orAborted } from '../../core/async/orAborted.js';
import type { Connection } from '../../core/connection/connection.js';
import type { RetryListener } from '../../core/async/retry.js';
import { retryMessage, showMessage } from './showMessage.js';
import { withProgress } from '../progress.js';
import type { Shown } from './shown.js';

/** Shorter work shows no progress. */
const unnoticedMs = 500;

export interface LateProgress {
  readonly title: Shown;
  /** The connection whose requests the work waits for. */
  readonly connection: Connection;
}

/**
 * Runs work that usually finishes at once, and shows progress with a Cancel button if it does not. While the
 * user is asked for a code, shows no progress.
 * @throws what the work throws; an AbortError as soon as it is cancelled
 */
export async function withLateProgress<Result>(
  { title, connection }: LateProgress,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const { signal } = abort;
  let message: Shown | undefined;
  let report = (): void => undefined;
  const onRetry: RetryListener = (notice) => {
    message = showMessage(retryMessage(notice));
    report();
  };
  const result = connection.tellingRetries(onRetry, () => work(signal));
  const ended = result.then(
    () => true,
    () => true,
  );
  do {
    await Promise.race([ended, connection.question]);
    if (await Promise.race([ended, wait(unnoticedMs, false)])) return result;
  } while (connection.question !== undefined);
  return withProgress({
    title,
    abort,
    work: (reportProgress) => {
      report = () => {
        reportProgress({ message });
      };
      report();
      return orAborted(result, signal);
    },
  });
}
