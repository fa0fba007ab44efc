import { setTimeout as wait } from 'node:timers/promises';
import { ProgressLocation, window } from 'vscode';
import type { RetryListener } from '../../core/connection/requests/retry.js';
import { retryMessage, showMessage } from '../messages/showMessage.js';

/** Work that takes longer than this is shown. */
const unnoticedMs = 500;

export interface LateWork {
  /** Aborted by Cancel. */
  readonly signal: AbortSignal;
  readonly onRetry: RetryListener;
}

/**
 * Runs work that ends at once as a rule, and shows it under a title, with a Cancel, where it does not.
 * @throws what the work throws; an AbortError as soon as it is cancelled
 */
export async function withLateProgress<Result>(
  title: string,
  work: (late: LateWork) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const { signal } = abort;
  let message = '';
  let report = (): void => undefined;
  const onRetry: RetryListener = (notice) => {
    message = showMessage(retryMessage(notice));
    report();
  };
  const result = work({ signal, onRetry });
  const ended = result.then(
    () => true,
    () => true,
  );
  if (await Promise.race([ended, wait(unnoticedMs, false)])) return result;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      report = () => {
        progress.report({ message });
      };
      report();
      const cancelled = Promise.withResolvers<never>();
      token.onCancellationRequested(() => {
        abort.abort();
        cancelled.reject(new DOMException('The work was cancelled.', 'AbortError'));
      });
      return Promise.race([result, cancelled.promise]);
    },
  );
}
