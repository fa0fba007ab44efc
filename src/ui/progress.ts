import { ProgressLocation } from 'vscode';
import { window } from './messages/safeVscode.js';
import type { SafeText } from './messages/safeText.js';

/** `increment` is the progress since the last report, in percent. */
interface ProgressReport {
  readonly increment?: number;
  readonly message?: SafeText | undefined;
}

export interface CancellableWork<Result> {
  readonly title: SafeText;
  /** Aborted by Cancel; created if not given. */
  readonly abort?: AbortController;
  readonly work: (report: (progress: ProgressReport) => void, signal: AbortSignal) => Promise<Result>;
}

/**
 * Runs work under a notification with its progress and a Cancel button, which aborts the signal.
 * @throws what the work throws
 */
export function withProgress<Result>({
  title,
  abort = new AbortController(),
  work,
}: CancellableWork<Result>): Thenable<Result> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      return work((report) => {
        progress.report(report);
      }, abort.signal);
    },
  );
}
