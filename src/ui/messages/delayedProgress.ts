import { setTimeout as wait } from 'node:timers/promises';
import { abortable } from '../../core/async/abortable.js';
import type { Connection } from '../../core/connection/connection.js';
import type { RetryListener } from '../../core/async/retry.js';
import { retryMessage, showMessage } from './showMessage.js';
import { withProgress } from '../progress.js';
import type { SafeText } from './safeText.js';

/** Shorter work shows no progress. */
const delayMs = 500;

export interface DelayedProgress {
  readonly title: SafeText;
  /** The connection whose requests the work waits for. */
  readonly connection: Connection;
}

/**
 * Runs work that usually finishes at once, and shows progress with a Cancel button if it does not. While the
 * user is asked for a code, shows no progress.
 * @throws what the work throws; an AbortError as soon as it is cancelled
 */
export async function withDelayedProgress<Result>(
  { title, connection }: DelayedProgress,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const { signal } = abort;
  let message: SafeText | undefined;
  let report = (): void => undefined;
  const onRetry: RetryListener = (notice) => {
    message = showMessage(retryMessage(notice));
    report();
  };
  const result = connection.withRetryListener(onRetry, () => work(signal));
  const ended = result.then(
    () => true,
    () => true,
  );
  do {
    await Promise.race([ended, connection.pendingPrompt]);
    if (await Promise.race([ended, wait(delayMs, false)])) return result;
  } while (connection.pendingPrompt !== undefined);
  return withProgress({
    title,
    abort,
    work: (reportProgress) => {
      report = () => {
        reportProgress({ message });
      };
      report();
      return abortable(result, signal);
    },
  });
}
